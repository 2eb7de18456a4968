/** Whom a question names, as far as the chain can know them. Addresses are in lower case. */
export type SubjectName =
  | { readonly kind: "account"; readonly chainId: number; readonly address: `0x${string}` }
  | { readonly kind: "token"; readonly chainId: number; readonly registry: `0x${string}`; readonly id: number }
  /** Well-formed or not: nothing that names an identity here. `why` says so in words. */
  | { readonly kind: "unknown"; readonly why: string };

const chain = "eip155:([1-9]\\d{0,15})";
const address = "(0x[0-9a-fA-F]{40})";
const number = "(0|[1-9]\\d{0,15})";
const forms = {
  /** CAIP-10, also within did:pkh. */
  account: new RegExp(`^(?:did:pkh:)?${chain}:${address}$`),
  /** CAIP-19. */
  token: new RegExp(`^${chain}/erc721:${address}/${number}$`),
  /** The method `aip`: did:aip:eip155:<chain>:<registry>:<id>. */
  did: new RegExp(`^did:aip:${chain}:${address}:${number}$`),
};

/** Longer names than this are nobody's: a DID of the methods known here has at most 90 characters. */
const LENGTH_LIMIT = 200;

/**
 * Reads a subject's id: an account (CAIP-10, or `did:pkh`), or a token of a registry (CAIP-19, or `did:aip`). Whatever else it
 * is, it is nobody who is known here; it never throws, because the id is a stranger's text.
 */
export function parseSubject(id: string): SubjectName {
  if (id.length > LENGTH_LIMIT) return unknown(`its id has ${id.length} characters, more than any that is known here`);
  const [, accountChain, accountAddress] = forms.account.exec(id) ?? [];
  if (accountChain !== undefined && accountAddress !== undefined) {
    const chainId = Number(accountChain);
    if (!Number.isSafeInteger(chainId)) return unknown(`its chain ${accountChain} is beyond 2^53`);
    return { kind: "account", chainId, address: accountAddress.toLowerCase() as `0x${string}` };
  }
  const [, tokenChain, registry, token] = forms.token.exec(id) ?? forms.did.exec(id) ?? [];
  if (tokenChain !== undefined && registry !== undefined && token !== undefined) {
    const [chainId, tokenId] = [Number(tokenChain), Number(token)];
    if (!Number.isSafeInteger(chainId)) return unknown(`its chain ${tokenChain} is beyond 2^53`);
    // Identities are numbered by 40 bits.
    if (tokenId === 0 || tokenId > 2 ** 40 - 1) return unknown(`no identity has the number ${token}`);
    return { kind: "token", chainId, registry: registry.toLowerCase() as `0x${string}`, id: tokenId };
  }
  const [, method] = /^did:([a-z0-9]+):/.exec(id) ?? [];
  if (method !== undefined) return unknown(`a DID of the method "${method}" is not known here, or not of its form`);
  return unknown("its id is no account (CAIP-10), no token (CAIP-19) and no DID");
}

/** An identity's name: CAIP-19 in lower case. */
export function tokenName(chainId: number, registry: string, id: number): string {
  return `eip155:${chainId}/erc721:${registry.toLowerCase()}/${id}`;
}

function unknown(why: string): SubjectName {
  return { kind: "unknown", why };
}

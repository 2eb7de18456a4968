import type { Address } from "viem";

/** An account on a chain, as CAIP-10 writes it: the `keyid` of a signature. */
export interface AccountId {
  /** The chain's number, in decimal digits: it may be larger than a JavaScript number. */
  readonly chainId: string;
  /** In lower case. */
  readonly address: Address;
}

/** An account from its canonical text, `eip155:1:0x…`; any other way to write it is none. */
export function parseAccountId(text: string): AccountId | undefined {
  const [, chainId, address] = /^eip155:([1-9]\d{0,31}):(0x[0-9a-f]{40})$/.exec(text) ?? [];
  if (chainId === undefined || address === undefined) return undefined;
  return { chainId, address: address as Address };
}

/** The canonical text of an account. */
export function formatAccountId(chainId: number | bigint | string, address: string): string {
  return `eip155:${chainId}:${address.toLowerCase()}`;
}

import { refuse } from "./refusal.ts";
import { type Contract, emit, type Registry, type State } from "./state.ts";

/** Something signed, as what it says and not as bytes. */
export interface Signed {
  /** The key that signed. */
  by: string;
  registry: Contract;
  primaryType: string;
  message: Record<string, bigint | string>;
}

/** What somebody hands over as a signature: the bytes, what they say, and the digest that was signed. */
export interface Signature {
  bytes: string;
  digest: bigint;
  signed: Signed;
}

type Content = Omit<Signed, "by">;

export function says(said: Content, expected: Content): boolean {
  if (said.registry !== expected.registry || said.primaryType !== expected.primaryType) return false;
  const names = Object.keys(expected.message);
  if (names.length !== Object.keys(said.message).length) return false;
  return names.every((name) => said.message[name] === expected.message[name]);
}

/**
 * `who` signed exactly this: with its own key, or a smart account with the key that signs for it. Answers whether it was
 * its own, which proves it to be a key.
 */
export function requireConsent(
  state: State,
  who: string,
  deadline: bigint,
  signature: Signature,
  expected: Content,
): boolean {
  if (state.now > deadline) refuse("SignatureExpired", deadline);
  const { signed } = signature;
  const isByItself = signed.by === who;
  const isForIt = isByItself || signed.by === state.smartAccounts.get(who);
  if (!isForIt || !says(signed, expected)) refuse("InvalidSignature", who);
  return isByItself;
}

/** A consent whose message has no nonce counts until its signer takes it back. */
export function requireNotVoid(state: State, who: string, expected: Content): void {
  const voided = state.voided.find(
    (each) => each.signer === who && says({ registry: "identities", ...each }, expected),
  );
  if (voided !== undefined) refuse("NonceUsed", who, voided.digest);
}

export function isSpent(state: State, registry: Registry, owner: string, nonce: bigint): boolean {
  return state.spent[registry].get(owner)?.has(nonce) ?? false;
}

function spend(state: State, registry: Registry, owner: string, nonce: bigint): void {
  const spent = state.spent[registry].get(owner) ?? new Set();
  state.spent[registry].set(owner, spent.add(nonce));
}

/** Makes void what was signed with these nonces of a word. */
export function invalidateNonces(state: State, registry: Registry, caller: string, word: bigint, mask: bigint): void {
  for (let bit = 0n; bit < 256n; ++bit) {
    if ((mask >> bit) & 1n) spend(state, registry, caller, word * 256n + bit);
  }
  emit(state, registry, "NoncesInvalidated", caller, word, mask);
}

/** As `invalidateNonces`, of the one nonce that a consent's digest is. */
export function voidConsent(state: State, caller: string, { digest, signed }: Signature): void {
  const { primaryType, message } = signed;
  state.voided.push({ signer: caller, primaryType, message, digest });
  invalidateNonces(state, "identities", caller, digest >> 8n, 1n << (digest & 255n));
}

export function useNonce(state: State, registry: Registry, owner: string, nonce: bigint): void {
  if (isSpent(state, registry, owner, nonce)) refuse("NonceUsed", owner, nonce);
  spend(state, registry, owner, nonce);
}

import { refuse } from "./refusal.ts";
import { emit, type Registry, type State } from "./state.ts";

/** Something signed, as what it says and not as bytes. */
export interface Signed {
  /** The key that signed. */
  by: string;
  registry: Registry;
  primaryType: string;
  message: Record<string, bigint | string>;
}

/** What somebody hands over as a signature: the bytes, and what they say. */
export interface Signature {
  bytes: string;
  signed: Signed;
}

function says(signed: Signed, expected: Omit<Signed, "by">): boolean {
  if (signed.registry !== expected.registry || signed.primaryType !== expected.primaryType) return false;
  const names = Object.keys(expected.message);
  if (names.length !== Object.keys(signed.message).length) return false;
  return names.every((name) => signed.message[name] === expected.message[name]);
}

/** `who` signed exactly this: with its own key, or a smart account with the key that signs for it. */
export function requireConsent(
  state: State,
  who: string,
  deadline: bigint,
  signature: Signature,
  expected: Omit<Signed, "by">,
): void {
  if (state.now > deadline) refuse("SignatureExpired", deadline);
  const { signed } = signature;
  const isByHim = signed.by === who || signed.by === state.smartAccounts.get(who);
  if (!isByHim || !says(signed, expected)) refuse("InvalidSignature", who);
}

export function nonceOf(state: State, registry: Registry, owner: string): bigint {
  return state.nonces[registry].get(owner) ?? 0n;
}

/** Makes void what was signed with the present nonce. */
export function invalidateNonce(state: State, registry: Registry, caller: string): void {
  emit(state, registry, "NonceInvalidated", caller, useNonce(state, registry, caller));
}

export function useNonce(state: State, registry: Registry, owner: string): bigint {
  const nonce = nonceOf(state, registry, owner);
  state.nonces[registry].set(owner, nonce + 1n);
  return nonce;
}

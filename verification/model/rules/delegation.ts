import { type Signature, says } from "./consent.ts";
import { refuse } from "./refusal.ts";
import { emit, type State } from "./state.ts";

const grantOf = (issuer: string, handle: string): string => `${issuer}>${handle}`;

export function isRevoked({ revokedGrants }: State, issuer: string, handle: string): boolean {
  return revokedGrants.has(grantOf(issuer, handle));
}

export function epochOf({ grantEpochs }: State, issuer: string): bigint {
  return grantEpochs.get(issuer) ?? 0n;
}

/** A grant is revoked for ever; doing it again is logged again. */
export function revokeGrant(state: State, issuer: string, handle: string): void {
  state.revokedGrants.add(grantOf(issuer, handle));
  emit(state, "delegations", "Revoked", issuer, handle);
}

/** By a key's own signature, or one that a smart account's key made for the account. It never expires. */
export function revokeGrantBySignature(state: State, issuer: string, handle: string, { signed }: Signature): void {
  const signer = state.smartAccounts.get(issuer) ?? issuer;
  const expected = { registry: "delegations", primaryType: "Revocation", message: { issuer, id: handle } } as const;
  if (signed.by !== signer || !says(signed, expected)) refuse("InvalidSignature", issuer);
  revokeGrant(state, issuer, handle);
}

export function advanceEpoch(state: State, issuer: string): void {
  const epoch = epochOf(state, issuer) + 1n;
  state.grantEpochs.set(issuer, epoch);
  emit(state, "delegations", "EpochAdvanced", issuer, epoch);
}

// What an address is to the registry of identities, and what is to come of an identity: contracts/IdentityRegistry.sol,
// `Key` and `PendingChange`.
import type { ChangeKind } from "@tenure/sdk";
import { field } from "./word.ts";

/** What an address is, as the registry numbers it. */
export const role = { owner: 1n, wallet: 2n, former: 3n } as const;

export function keyEntry(id: number, what: bigint, since: bigint): bigint {
  return BigInt(id) | (what << 40n) | (since << 48n);
}

export function sinceOf(entry: bigint): bigint {
  return field(entry, 48n, 40n);
}

/** The kinds of changes in the registry's order; none is 0. */
export const changeKinds: readonly ChangeKind[] = ["guardian", "recovery", "retirement"];

export function pendingChange(kind: ChangeKind, candidate: bigint, readyAt: bigint): bigint {
  return BigInt(changeKinds.indexOf(kind) + 1) | (candidate << 8n) | (readyAt << 168n);
}

/** The parts of a change that waits; `kind` is undefined where none does. */
export function changeIn(word: bigint): { kind: ChangeKind | undefined; candidate: bigint; readyAt: bigint } {
  return {
    kind: changeKinds[Number(field(word, 0n, 8n)) - 1],
    candidate: field(word, 8n, 160n),
    readyAt: field(word, 168n, 40n),
  };
}

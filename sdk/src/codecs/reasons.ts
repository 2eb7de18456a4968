import type { UnmetReason } from "../types/gate.ts";

/** The reasons in the order of their bits in `TrustGate`: the first is bit 0. */
export const unmetReasons: readonly UnmetReason[] = [
  "unknown",
  "formerKey",
  "suspended",
  "retired",
  "age",
  "tenure",
  "keyAge",
  "silence",
  "support",
  "opposition",
  "anchors",
  "anchorWarnings",
  "unprovenOwner",
];

/** The reasons in words. */
export const reasonWords: Readonly<Record<UnmetReason, string>> = {
  unknown: "nobody here has this key or number",
  formerKey: "the key is a former key of the identity",
  suspended: "it is suspended",
  retired: "it is retired",
  age: "it was registered too recently",
  tenure: "it has too little tenure",
  keyAge: "its key is too new",
  silence: "it has been silent for too long",
  support: "too little is staked for it",
  opposition: "too much is staked against it",
  anchors: "too few anchors vouch for it",
  anchorWarnings: "too many anchors warn about it",
  unprovenOwner: "its owner was not proven to be a key",
};

/**
 * Reads the bitmap of reasons that `TrustGate` gives.
 *
 * @param bits - The bitmap; bits that have no name are left out.
 * @returns The reasons, in the order of their bits; empty where all is met.
 *
 * @example
 * decodeReasons(0b10_0000n); // ["tenure"]
 */
export function decodeReasons(bits: bigint): UnmetReason[] {
  return unmetReasons.filter((_, bit) => (bits >> BigInt(bit)) & 1n);
}

/**
 * Writes the bitmap of reasons as `TrustGate` gives it.
 *
 * @param reasons - The reasons.
 * @returns The bitmap.
 *
 * @example
 * encodeReasons(["tenure"]); // 32n
 */
export function encodeReasons(reasons: readonly UnmetReason[]): bigint {
  return reasons.reduce((bits, reason) => bits | (1n << BigInt(unmetReasons.indexOf(reason))), 0n);
}

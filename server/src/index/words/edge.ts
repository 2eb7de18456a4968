// The word of a vouch or warning: contracts/libraries/Edge.sol.
import type { Edge, Stance } from "@tenure/sdk";

const stances: readonly Stance[] = ["none", "for", "against"];
const states: readonly Edge["state"][] = ["none", "live", "revoked", "disowned"];

/** The word that `decodeEdge` of the SDK unpacks. */
export function encodeEdge(edge: Edge): bigint {
  return (
    BigInt(edge.stake) |
    (BigInt(edge.since) << 22n) |
    (BigInt(edge.endPeriod) << 62n) |
    (BigInt(edge.releasePeriod) << 80n) |
    (BigInt(stances.indexOf(edge.stance)) << 98n) |
    (BigInt(states.indexOf(edge.state)) << 100n) |
    (BigInt(edge.subjectKeyEpoch) << 102n) |
    (BigInt(edge.voucherKeyEpoch) << 110n) |
    (BigInt(edge.arbiterId ?? 0) << 118n) |
    (BigInt(edge.nextVoucherId ?? 0) << 158n) |
    (BigInt(edge.nextSubjectId ?? 0) << 198n) |
    (edge.isRefused ? 1n << 238n : 0n)
  );
}

import type { Edge } from "../types/vouch.ts";
import { bits } from "./bits.ts";
import { decodeEdgeState, decodeStance } from "./enums.ts";

/**
 * Unpacks the word in which the registry stores a vouch or warning, and which its events carry.
 *
 * @param word - The word.
 * @returns The edge.
 *
 * @example
 * const edge = decodeEdge(log.args.edge);
 * edge.stake; // points
 */
export function decodeEdge(word: bigint): Edge {
  return {
    stake: bits(word, 0n, 22n),
    since: bits(word, 22n, 40n),
    endPeriod: bits(word, 62n, 18n),
    releasePeriod: bits(word, 80n, 18n),
    stance: decodeStance(bits(word, 98n, 2n)),
    state: decodeEdgeState(bits(word, 100n, 2n)),
    subjectKeyEpoch: bits(word, 102n, 8n),
    voucherKeyEpoch: bits(word, 110n, 8n),
    arbiterId: bits(word, 118n, 40n) || undefined,
    nextVoucherId: bits(word, 158n, 40n) || undefined,
    nextSubjectId: bits(word, 198n, 40n) || undefined,
    isRefused: bits(word, 238n, 1n) === 1,
  };
}

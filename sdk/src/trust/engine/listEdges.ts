import { AGAINST, REKEYED, type TrustGraph } from "./graph.ts";
import type { TrustEdge } from "./types.ts";

/**
 * Every vouch and warning that a graph holds now, in the order of the subjects' and then of the vouchers' numbers.
 *
 * @param graph - The graph.
 * @returns The edges; a graph built of them has the same trust.
 *
 * @example
 * const later = buildTrustGraph({ edges: listEdges(graph), identities: listIdentities(graph), now });
 */
export function listEdges(graph: TrustGraph): TrustEdge[] {
  const { ids } = graph;
  const places = Array.from(ids.subarray(0, graph.size).keys());
  if (graph.laterPlaces.size > 0) places.sort((a, b) => (ids[a] as number) - (ids[b] as number));
  return places.flatMap((place) =>
    graph.edgesTo(place).map(({ from, stake, since, flags }) => ({
      voucherId: ids[from] as number,
      subjectId: ids[place] as number,
      stake,
      since,
      stance: (flags & AGAINST) === 0 ? ("for" as const) : ("against" as const),
      voucherRekeyed: (flags & REKEYED) !== 0,
    })),
  );
}

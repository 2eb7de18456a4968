import { statuses, type TrustGraph } from "./graph.ts";
import type { TrustIdentity } from "./types.ts";

/**
 * Every identity that a graph holds, in the order of their numbers.
 *
 * @param graph - The graph.
 * @returns The identities, with the standing that they have in it.
 *
 * @example
 * listIdentities(graph).filter(({ status }) => status === "suspended");
 */
export function listIdentities(graph: TrustGraph): Required<TrustIdentity>[] {
  const list: Required<TrustIdentity>[] = [];
  for (let place = 0; place < graph.size; place++) {
    list.push({
      id: graph.ids[place] as number,
      standing: graph.standing[place] as number,
      status: statuses[graph.status[place] as number] ?? "active",
    });
  }
  return graph.laterPlaces.size === 0 ? list : list.sort((a, b) => a.id - b.id);
}

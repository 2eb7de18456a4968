import { membersOf, type Network } from "../network.ts";

const ROUNDS = 100;
const RESTART = 0.15;

/**
 * A walk that starts at the anchors, follows ratings above zero by their weights, and starts again now and then.
 * Where it cannot go on, it starts again.
 */
function walk(network: Network, weightOf: (rating: number) => number): Map<number, number> {
  const members = membersOf(network);
  const places = new Map(members.map((id, i) => [id, i]));
  const steps = network.ratings
    .filter(({ rating }) => rating > 0)
    .map(({ from, to, rating }) => ({
      from: places.get(from) ?? 0,
      to: places.get(to) ?? 0,
      weight: weightOf(rating),
    }));
  const totals = new Float64Array(members.length);
  for (const { from, weight } of steps) totals[from] = (totals[from] as number) + weight;
  const start = new Float64Array(members.length);
  for (const id of network.anchors) start[places.get(id) ?? 0] = 1 / network.anchors.length;
  let now = start.slice();
  for (let round = 0; round < ROUNDS; round++) {
    const next = new Float64Array(members.length);
    let stuck = 0;
    for (let i = 0; i < now.length; i++) if (totals[i] === 0) stuck += now[i] as number;
    for (const { from, to, weight } of steps) {
      next[to] = (next[to] as number) + ((now[from] as number) * weight) / (totals[from] as number);
    }
    for (let i = 0; i < next.length; i++) {
      const again = (start[i] as number) * (RESTART + (1 - RESTART) * stuck);
      next[i] = again + (1 - RESTART) * (next[i] as number);
    }
    now = next;
  }
  return new Map(members.map((id, i) => [id, now[i] as number]));
}

/** EigenTrust with pre-trusted peers: the walk follows ratings in proportion to them (Kamvar and others, 2003). */
export const eigenTrust = (network: Network) => walk(network, (rating) => rating);

/** Personalised PageRank: the walk follows each rating above zero alike. */
export const pageRank = (network: Network) => walk(network, () => 1);

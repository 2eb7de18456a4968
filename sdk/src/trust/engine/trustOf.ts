import type { Trust } from "./trust.ts";

/**
 * How much trust reaches an identity: its share of all, which is 1 at most.
 *
 * @param trust - What `solve` found.
 * @param id - The identity.
 * @returns Its trust; 0 where none reaches it, or where the graph does not hold it.
 *
 * @example
 * trustOf(trust, 42) > trustOf(trust, 99); // true
 */
export function trustOf(trust: Trust, id: number): number {
  trust.requireCurrent();
  const place = trust.graph.placeOf(id);
  return place === -1 ? 0 : Math.max(trust.values[place] as number, 0);
}

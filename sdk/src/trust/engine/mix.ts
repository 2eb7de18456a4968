import { InvalidParameterError, NoAnchorsError } from "./errors.ts";
import { type Anchor, Trust } from "./trust.ts";

/** Trust, and how much of it. */
export type MixPart = {
  /** What `solve` found for some anchors. */
  trust: Trust;
  /** All weights are divided by their sum. */
  weight: number;
};

/**
 * Mixes trust from several anchors, without solving again: trust is linear in the anchors. Solve once for each anchor
 * that anybody may choose, and mix for each platform.
 *
 * @param parts - Trust over one graph, each with its weight.
 * @returns The trust that `solve` finds for all of their anchors together, with those weights.
 *
 * @example
 * const [ours, theirs] = [solve(graph, { anchors: [1] }), solve(graph, { anchors: [2, 3] })];
 * const trust = mix([{ trust: ours, weight: 2 }, { trust: theirs, weight: 1 }]);
 */
export function mix(parts: readonly MixPart[]): Trust {
  const [first] = parts;
  if (first === undefined) throw new NoAnchorsError();
  const { graph } = first.trust;
  for (const { trust, weight } of parts) {
    trust.requireOver(graph);
    if (!(weight > 0 && weight < Number.POSITIVE_INFINITY)) {
      throw new InvalidParameterError({ parameter: "weight", value: weight, demanded: "a number above 0" });
    }
  }
  // Sums depend on their order, so it is not the caller's.
  const sorted = [...parts].sort((a, b) => compare(keyOf(a), keyOf(b)));
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0);
  const values = new Float64Array(graph.size);
  const weights = new Map<number, number>();
  let bound = 0;
  for (const { trust, weight } of sorted) {
    const share = weight / total;
    for (let place = 0; place < values.length; place++) {
      values[place] = (values[place] as number) + share * (trust.values[place] as number);
    }
    for (const { id, weight: part } of trust.anchors) weights.set(id, (weights.get(id) ?? 0) + share * part);
    bound += share * trust.bound;
  }
  const anchors: Anchor[] = [...weights].map(([id, weight]) => ({ id, weight })).sort((a, b) => a.id - b.id);
  // Each value was rounded twice for each part.
  return new Trust(graph, anchors, values, bound + 2 * parts.length * 2 ** -52);
}

function keyOf({ trust, weight }: MixPart): number[] {
  return [...trust.anchors.flatMap(({ id, weight: part }) => [id, part]), weight];
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

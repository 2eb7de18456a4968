// Random graphs, and what is true of their trust by plain linear algebra.

import fc from "fast-check";
import {
  type Anchor,
  type BuildTrustGraphParameters,
  defaultTrustParameters,
  type Trust,
  type TrustEdge,
  type TrustIdentity,
  type TrustParameters,
  trustOf,
} from "../../src/trust/index.ts";

const DAY = 86_400;
/** The moment of every graph here. */
export const NOW = 1_800_000_000;

/** A graph before it is built; identities are 1, 2, 3 … */
export type Plan = { edges: TrustEdge[]; identities: TrustIdentity[] };

/** Who may vouch for whom: every ordered pair of some numbers. */
const pairsOf = (froms: readonly number[], tos: readonly number[]) =>
  froms.flatMap((from) => tos.filter((to) => to !== from).map((to) => [from, to] as const));

export const range = (first: number, last: number) =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);

/** Some edges from some identities to others, one a pair. */
export function someEdges(froms: readonly number[], tos: readonly number[], most: number): fc.Arbitrary<TrustEdge[]> {
  const pairs = pairsOf(froms, tos);
  if (pairs.length === 0) return fc.constant([]);
  return fc
    .uniqueArray(
      fc.record({
        pair: fc.integer({ min: 0, max: pairs.length - 1 }),
        stake: fc.integer({ min: 1, max: 60 }),
        age: fc.integer({ min: 0, max: 400 * DAY }),
        isWarning: fc.integer({ min: 0, max: 3 }).map((roll) => roll === 0),
        voucherRekeyed: fc.boolean(),
      }),
      { selector: ({ pair }) => pair, maxLength: most },
    )
    .map((list) =>
      list.map(({ pair, stake, age, isWarning, voucherRekeyed }) => ({
        voucherId: pairs[pair]?.[0] ?? 0,
        subjectId: pairs[pair]?.[1] ?? 0,
        stake,
        since: NOW - age,
        stance: isWarning ? ("against" as const) : ("for" as const),
        voucherRekeyed,
      })),
    );
}

export const identity = (id: number): fc.Arbitrary<TrustIdentity> =>
  fc.record({
    id: fc.constant(id),
    standing: fc.integer({ min: 0, max: 200 }),
    status: fc.integer({ min: 0, max: 9 }).map((roll) => (["suspended", "retired"] as const)[roll] ?? "active"),
  });

/** A graph of up to so many identities. */
export const plan = (most = 12, edges = 40): fc.Arbitrary<Plan> =>
  fc.integer({ min: 2, max: most }).chain((size) =>
    fc.record({
      identities: fc.tuple(...range(1, size).map(identity)),
      edges: someEdges(range(1, size), range(1, size), edges),
    }),
  );

/** Every share as the design says, in the plainest way: row the subject, column the voucher, below zero for a warning. */
export function shares({ edges, identities }: Plan, parameters: TrustParameters = defaultTrustParameters) {
  const size = identities.length;
  const matrix = range(1, size).map(() => new Array<number>(size).fill(0));
  for (const { voucherId, subjectId, stake, since, stance, voucherRekeyed } of edges) {
    const voucher = identities[voucherId - 1] as TrustIdentity;
    const all = edges.filter((edge) => edge.voucherId === voucherId).reduce((sum, edge) => sum + edge.stake, 0);
    const fresh =
      parameters.freshFloor + (1 - parameters.freshFloor) * Math.min((NOW - since) / parameters.freshAfter, 1);
    const counts = [
      voucher.status === "suspended" ? parameters.suspended : "all",
      voucher.status === "retired" ? parameters.retired : "all",
      voucherRekeyed ? parameters.rekeyed : "all",
    ];
    const isMuted = counts.includes("none") || (counts.includes("warnings") && stance !== "against");
    const share = isMuted ? 0 : (stake * fresh) / Math.max(voucher.standing, all);
    (matrix[subjectId - 1] as number[])[voucherId - 1] = stance === "against" ? -share : share;
  }
  return matrix;
}

/** Trust as the solution of its linear equations, by elimination. */
export function exact(plan: Plan, anchors: ReadonlyMap<number, number>, parameters = defaultTrustParameters): number[] {
  const size = plan.identities.length;
  const sum = [...anchors.values()].reduce((total, weight) => total + weight, 0);
  const rows = shares(plan, parameters).map((row, i) => [
    ...row.map((share, j) => (i === j ? 1 : 0) - (1 - parameters.alpha) * Math.max(share, 0)),
    (parameters.alpha * (anchors.get(i + 1) ?? 0)) / sum,
  ]);
  for (let pivot = 0; pivot < size; pivot++) {
    // No larger pivot is needed: each column's diagonal outweighs all else in it.
    const top = rows[pivot] as number[];
    for (let i = 0; i < size; i++) {
      const row = rows[i] as number[];
      if (i === pivot || row[pivot] === 0) continue;
      const factor = (row[pivot] as number) / (top[pivot] as number);
      for (let j = pivot; j <= size; j++) row[j] = (row[j] as number) - factor * (top[j] as number);
    }
  }
  return rows.map((row, i) => (row[size] as number) / (row[i] as number));
}

/** The parameters that build a plan. */
export const at = (plan: Plan): BuildTrustGraphParameters => ({ ...plan, now: NOW });

/** Some anchors among the first so many identities, with weights. */
export const someAnchors = (size: number) =>
  fc.uniqueArray(fc.record({ id: fc.integer({ min: 1, max: size }), weight: fc.integer({ min: 1, max: 9 }) }), {
    selector: ({ id }) => id,
    minLength: 1,
    maxLength: 4,
  });

/** Graphs with anchors in them. */
export const anchored = (most?: number, edges?: number) =>
  plan(most, edges).chain((given) =>
    fc.record({ given: fc.constant(given), anchors: someAnchors(given.identities.length) }),
  );

/** Rounding in the sums of the tests themselves. */
export const HAIR = 1e-14;

export const total = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0);

/** What everybody got, in the order of the plan. */
export const values = (trust: Trust, { identities }: Plan) => identities.map(({ id }) => trustOf(trust, id));

export const distance = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] as number)), 0);

export const weightsOf = (anchors: readonly Anchor[]) => new Map(anchors.map(({ id, weight }) => [id, weight]));

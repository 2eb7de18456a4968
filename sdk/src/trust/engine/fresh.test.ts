import { NOW } from "../../../test/utils/graphs.ts";
import { expectNear } from "../../../test/utils/near.ts";
import { buildTrustGraph, score, solve, type TrustEdge } from "../index.ts";

const DAY = 86_400;
const old = NOW - 180 * DAY;
const edge = (voucherId: number, subjectId: number, more: Partial<TrustEdge> = {}): TrustEdge => ({
  voucherId,
  subjectId,
  stake: 10,
  since: old,
  ...more,
});

describe("trust > freshness", () => {
  for (const [age, fresh] of [
    [-5, 0.25],
    [0, 0.25],
    [90 * DAY, 0.625],
    [180 * DAY, 1],
    [999 * DAY, 1],
  ] as const) {
    it(`should let a vouch of ${age / DAY} days count ${fresh}`, () => {
      const graph = buildTrustGraph({ edges: [edge(1, 2, { since: NOW - age })], now: NOW });
      expectNear(score(solve(graph, { anchors: [1] }), 2).support, 0.3 * fresh, 1e-15);
    });
  }
});

import { expect } from "chai";
import { NOW } from "../../../test/utils/graphs.ts";
import { expectNear } from "../../../test/utils/near.ts";
import { buildTrustGraph, explain, score, solve, type TrustEdge, trustOf } from "../index.ts";

const DAY = 86_400;
const old = NOW - 180 * DAY;
const edge = (voucherId: number, subjectId: number, more: Partial<TrustEdge> = {}): TrustEdge => ({
  voucherId,
  subjectId,
  stake: 10,
  since: old,
  ...more,
});
const people = (standings: readonly number[]) => standings.map((standing, i) => ({ id: i + 1, standing }));

describe("trust > score", () => {
  it("should be what the design's formula gives, worked out by hand", () => {
    // 1 stakes half of its standing for 2, fully fresh, and a tenth against 3; 2 stakes all of it for 3, a vouch of today.
    const graph = buildTrustGraph({
      edges: [edge(1, 2, { stake: 50 }), edge(1, 3, { stake: 10, stance: "against" }), edge(2, 3, { since: NOW })],
      identities: people([100, 10, 0]),
      now: NOW,
    });
    const trust = solve(graph, { anchors: [1] });
    expect(trustOf(trust, 1)).to.equal(0.3);
    expectNear(trustOf(trust, 2), 0.7 * 0.3 * 0.5, 1e-15);
    expectNear(trustOf(trust, 3), 0.7 * 0.105 * 0.25, 1e-15);
    const judged = score(trust, 3);
    expectNear(judged.support, 0.02625, 1e-15);
    expectNear(judged.opposition, 0.03, 1e-15);
    expectNear(judged.score, (0.02625 - 0.03) / (0.02625 + 0.03 + 1e-5), 1e-12);
    expect(judged.verdict).to.equal("distrusted");
    expect(score(trust, 1)).to.include({ verdict: "supported", anchored: 0.3, support: 0 });
    expect(explain(trust, 3).printed).to.deep.equal({
      support: "26250.000",
      opposition: "30000.000",
      anchored: "0.000",
      kappa: "10",
      lambda: "1",
      score: "-0.067",
    });
  });

  describe("the four answers", () => {
    const identities = people([10, 10, 10, 10, 10, 10, 10]);
    const edges = [
      edge(1, 3, { stake: 2 }),
      edge(1, 4, { stake: 2, stance: "against" }),
      edge(1, 5, { stake: 2 }),
      edge(2, 5, { stake: 2, stance: "against" }),
      edge(6, 7),
    ];
    const graph = buildTrustGraph({ edges, identities, now: NOW });
    const trust = solve(graph, { anchors: [1, 2] });
    const cases = { 3: "supported", 4: "distrusted", 5: "contested", 6: "unknown", 7: "unknown", 99: "unknown" };
    for (const [id, verdict] of Object.entries(cases)) {
      it(`should call identity ${id} ${verdict}`, () => {
        const judged = score(trust, Number(id));
        expect(judged.verdict).to.equal(verdict);
        expect(Math.sign(judged.score)).to.equal({ supported: 1, distrusted: -1 }[verdict] ?? 0);
        expect(explain(trust, Number(id)).verdict).to.equal(verdict);
      });
    }

    it("should weigh warnings by lambda", () => {
      const mild = solve(buildTrustGraph({ edges, identities, now: NOW, lambda: 0.5 }), { anchors: [1, 2] });
      expect(score(mild, 5).verdict).to.equal("supported");
      expect(score(mild, 4).score).to.be.above(score(trust, 4).score);
    });
  });
});

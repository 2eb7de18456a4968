import { expect } from "chai";
import fc from "fast-check";
import { anchored, at, shares } from "../../../test/utils/graphs.ts";
import { expectNear } from "../../../test/utils/near.ts";
import { apply, buildTrustGraph, explain, score, solve, trustOf } from "../index.ts";

describe("trust > explain", () => {
  const units = (text: string) => BigInt(text.replace(".", ""));

  it("should add up to the last digit where thousands of lines are summed, as precisely as it can print", () => {
    const vouchers = Array.from({ length: 20_000 }, (_, i) => i + 1);
    const subjectId = vouchers.length + 1;
    const edges = vouchers.map((voucherId) => ({ voucherId, subjectId, stake: 1, since: 0 }));
    const trust = solve(buildTrustGraph({ edges, now: 1_800_000_000 }), { anchors: vouchers });
    for (const digits of [0, 3, 9]) {
      const { lines, printed } = explain(trust, subjectId, { digits });
      const sum = lines.reduce((total, line) => total + units(line.printed.flow), 0n);
      expect(sum).to.equal(units(printed.support));
    }
  });

  it("should print no score where there is too little to say anything", () => {
    const now = 1_800_000_000;
    const identities = [1e6, 1, 1].map((standing, i) => ({ id: i + 1, standing }));
    const graph = buildTrustGraph({ edges: [{ voucherId: 1, subjectId: 2, stake: 1, since: 0 }], identities, now });
    const trust = solve(graph, { anchors: [1], tolerance: 1e-5 });
    apply(graph, { edges: [{ voucherId: 2, subjectId: 3, stake: 1, since: 0 }], trusts: [trust] });
    for (const id of [2, 3]) {
      const { verdict, score: value, printed } = explain(trust, id);
      expect({ verdict, value, printed: printed.score }).to.deep.equal({
        verdict: "unknown",
        value: 0,
        printed: "0.000",
      });
    }
  });

  it("should print lines that add up to the printed parts, and parts that give the printed score", () => {
    fc.assert(
      fc.property(anchored(), fc.integer({ min: 0, max: 9 }), ({ given, anchors }, digits) => {
        const trust = solve(buildTrustGraph(at(given)), { anchors });
        for (const { id } of given.identities) {
          const { lines, printed, ...exactly } = explain(trust, id, { digits });
          const sum = (stance: string) =>
            lines.filter((line) => line.stance === stance).reduce((all, line) => all + units(line.printed.flow), 0n);
          expect(sum("for")).to.equal(units(printed.support));
          expect(sum("against")).to.equal(units(printed.opposition));
          const [pro, contra] = [Number(printed.support) + Number(printed.anchored), Number(printed.opposition)];
          const ratio = (pro - contra) / (pro + contra + Number(printed.kappa));
          expect(Math.abs(Number(printed.score) - ratio)).to.be.at.most(0.5 * 10 ** -digits + 1e-9);
          const unit = 1e-6 * 10 ** -digits;
          for (const line of lines) {
            expect(Math.abs(Number(line.printed.flow) * 1e-6 - line.flow)).to.be.at.most(unit * (1 + 1e-6));
          }
          expect(exactly).to.deep.equal(score(trust, id));
        }
      }),
    );
  });

  it("should show for each line what the flow is the product of", () => {
    fc.assert(
      fc.property(anchored(), ({ given, anchors }) => {
        const trust = solve(buildTrustGraph(at(given)), { anchors });
        const matrix = shares(given);
        for (const { id } of given.identities) {
          const { lines } = explain(trust, id);
          expect(lines.map(({ voucherId }) => voucherId)).to.have.members(
            given.edges.filter(({ subjectId }) => subjectId === id).map(({ voucherId }) => voucherId),
          );
          lines.slice(1).forEach(({ flow }, i) => {
            expect(flow).to.be.at.most(lines[i]?.flow as number);
          });
          for (const line of lines) {
            const product = (line.trust / line.budget) * line.stake * line.fresh;
            expectNear(line.flow, line.muted ? 0 : product, 1e-15);
            expect(line.trust).to.equal(trustOf(trust, line.voucherId));
            const share = Math.abs(matrix[id - 1]?.[line.voucherId - 1] ?? Number.NaN);
            expectNear(line.flow, line.trust * share, 1e-15);
          }
        }
      }),
    );
  });
});

import { expect } from "chai";
import fc from "fast-check";
import { anchored, at, distance, exact, HAIR, NOW, total, values, weightsOf } from "../../../test/utils/graphs.ts";
import { expectNear } from "../../../test/utils/near.ts";
import { buildTrustGraph, explain, mix, solve, trustOf } from "../index.ts";

describe("trust > solve", () => {
  it("should find the solution of the equations, within the bound that it states", () => {
    fc.assert(
      fc.property(anchored(), ({ given, anchors }) => {
        const trust = solve(buildTrustGraph(at(given)), { anchors });
        expect(distance(values(trust, given), exact(given, weightsOf(anchors)))).to.be.at.most(trust.bound + HAIR);
        expect(trust.bound).to.be.at.most(1e-11);
      }),
      { numRuns: 500 },
    );
  });

  it("should state a bound that holds for a coarse tolerance too, and is not far from the truth", () => {
    let closest = 0;
    fc.assert(
      fc.property(anchored(), fc.double({ min: 1e-9, max: 0.5, noNaN: true }), ({ given, anchors }, tolerance) => {
        const trust = solve(buildTrustGraph(at(given)), { anchors, tolerance });
        const error = distance(values(trust, given), exact(given, weightsOf(anchors)));
        expect(error).to.be.at.most(trust.bound + HAIR);
        expect(trust.bound).to.be.at.most(tolerance);
        closest = Math.max(closest, error / trust.bound);
      }),
    );
    expect(closest).to.be.above(0.1);
  });

  it("should be linear in the anchors: mixed vectors are the vector of the mixed anchors", () => {
    fc.assert(
      fc.property(anchored(), ({ given, anchors }) => {
        const graph = buildTrustGraph(at(given));
        const parts = anchors.map(({ id, weight }) => ({ trust: solve(graph, { anchors: [id] }), weight }));
        const [mixed, whole] = [mix(parts), solve(graph, { anchors })];
        expect(distance(values(mixed, given), values(whole, given))).to.be.at.most(mixed.bound + whole.bound);
        expect(distance(values(mixed, given), exact(given, weightsOf(anchors)))).to.be.at.most(mixed.bound + HAIR);
        mixed.anchors.forEach(({ id, weight }, i) => {
          expect(id).to.equal(whole.anchors[i]?.id);
          expectNear(weight, whole.anchors[i]?.weight as number, HAIR);
        });
        expect(values(mix([...parts].reverse()), given)).to.deep.equal(values(mixed, given));
      }),
    );
  });

  it("should conserve: nobody gives more than they have, and all together have what the anchors gave and vouches passed on", () => {
    fc.assert(
      fc.property(anchored(), ({ given, anchors }) => {
        const graph = buildTrustGraph(at(given));
        const trust = solve(graph, { anchors });
        const { alpha } = graph.parameters;
        const lines = given.identities.flatMap(({ id }) => explain(trust, id).lines);
        for (const { id } of given.identities) {
          const given = total(lines.filter(({ voucherId }) => voucherId === id).map(({ flow }) => flow));
          expect(given).to.be.at.most(trustOf(trust, id) * (1 + HAIR));
        }
        const passed = total(lines.filter(({ stance }) => stance === "for").map(({ flow }) => flow));
        const all = total(values(trust, given));
        expectNear(all, alpha + (1 - alpha) * passed, 1e-11);
        expect(all).to.be.at.most(1 + HAIR);
      }),
    );
  });

  it("should give the same bits in whatever order edges, identities and anchors come", () => {
    const shuffled = anchored().chain(({ given, anchors }) =>
      fc.record({
        given: fc.constant(given),
        anchors: fc.constant(anchors),
        other: fc.record({
          edges: fc.shuffledSubarray(given.edges, { minLength: given.edges.length }),
          identities: fc.shuffledSubarray(given.identities, { minLength: given.identities.length }),
        }),
        otherAnchors: fc.shuffledSubarray(anchors, { minLength: anchors.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ given, anchors, other, otherAnchors }) => {
        const one = solve(buildTrustGraph(at(given)), { anchors });
        const two = solve(buildTrustGraph(at(other)), { anchors: otherAnchors });
        expect(two.bound).to.equal(one.bound);
        for (const { id } of given.identities) expect(explain(two, id)).to.deep.equal(explain(one, id));
      }),
    );
  });

  it("should give the same bits for columns as for rows, and for numbers far apart as for near ones", () => {
    fc.assert(
      fc.property(anchored(), ({ given, anchors }) => {
        const edges = given.edges.map(({ voucherRekeyed: _, ...edge }) => edge);
        const identities = given.identities.map(({ id, standing }) => ({ id, standing }));
        const rows = solve(buildTrustGraph({ edges, identities, now: NOW }), { anchors });
        const columns = buildTrustGraph({
          edges: {
            voucherIds: edges.map(({ voucherId }) => voucherId),
            subjectIds: edges.map(({ subjectId }) => subjectId),
            stakes: edges.map(({ stake }) => stake),
            since: edges.map(({ since }) => since),
            against: edges.map(({ stance }) => (stance === "against" ? 1 : 0)),
          },
          identities: { ids: identities.map(({ id }) => id), standings: identities.map(({ standing }) => standing) },
          now: NOW,
        });
        const far = (id: number) => id * 999_999_937;
        const wide = buildTrustGraph({
          edges: edges.map((edge) => ({ ...edge, voucherId: far(edge.voucherId), subjectId: far(edge.subjectId) })),
          identities: identities.map(({ id, standing }) => ({ id: far(id), standing })),
          now: NOW,
        });
        const wideTrust = solve(wide, { anchors: anchors.map(({ id, weight }) => ({ id: far(id), weight })) });
        expect(values(solve(columns, { anchors }), given)).to.deep.equal(values(rows, given));
        expect(given.identities.map(({ id }) => trustOf(wideTrust, far(id)))).to.deep.equal(values(rows, given));
      }),
    );
  });
});

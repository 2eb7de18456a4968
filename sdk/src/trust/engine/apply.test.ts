import { expect } from "chai";
import fc from "fast-check";
import {
  anchored,
  at,
  distance,
  exact,
  HAIR,
  identity,
  NOW,
  type Plan,
  range,
  someEdges,
  values,
  weightsOf,
} from "../../../test/utils/graphs.ts";
import {
  apply,
  buildTrustGraph,
  explain,
  listEdges,
  listIdentities,
  mix,
  score,
  solve,
  type TrustEdge,
  type TrustIdentity,
  trustOf,
} from "../index.ts";

describe("trust > apply", () => {
  type Change = { edges: TrustEdge[]; identities: TrustIdentity[]; drop: number };
  const changes = anchored(8, 20).chain(({ given, anchors }) => {
    const size = given.identities.length;
    const change: fc.Arbitrary<Change> = fc.record({
      edges: someEdges(range(1, size + 2), range(1, size + 2), 3),
      identities: fc
        .uniqueArray(fc.integer({ min: 1, max: size }), { maxLength: 2 })
        .chain((ids) => fc.tuple(...[...ids, size + 1, size + 2].map(identity))),
      drop: fc.nat(),
    });
    return fc.record({
      given: fc.constant(given),
      anchors: fc.constant(anchors),
      steps: fc.array(change, { minLength: 1, maxLength: 12 }),
    });
  });

  it("should give the trust of a new solution, within the bounds of both, after any changes", () => {
    fc.assert(
      fc.property(changes, fc.constantFrom(1e-4, 1e-6, 1e-9, 1e-11), ({ given, anchors, steps }, tolerance) => {
        const graph = buildTrustGraph(at(given));
        const trust = solve(graph, { anchors });
        for (const { edges, identities, drop } of steps) {
          const old = listEdges(graph);
          const victim = old[drop % Math.max(1, old.length)];
          const isReplaced = edges.some(
            ({ voucherId, subjectId }) => voucherId === victim?.voucherId && subjectId === victim?.subjectId,
          );
          apply(graph, {
            edges,
            identities,
            removed: victim && !isReplaced ? [victim] : [],
            trusts: [trust],
            tolerance,
          });
          const now = { edges: listEdges(graph), identities: listIdentities(graph) };
          expect(graph.edgeCount).to.equal(now.edges.length);
          const found = values(trust, now);
          const truth = exact(now, weightsOf(anchors));
          expect(distance(found, truth)).to.be.at.most(trust.bound + HAIR);
          expect(trust.bound).to.be.at.most(tolerance);
          for (const { id } of now.identities) {
            const { trust: own, support, opposition } = score(trust, id);
            expect(Math.min(own, support, opposition)).to.be.at.least(0);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it("should leave a graph that solves to the bits of one that is built anew", () => {
    fc.assert(
      fc.property(changes, ({ given, anchors, steps }) => {
        const graph = buildTrustGraph(at(given));
        for (const { edges, identities } of steps) apply(graph, { edges, identities });
        const now = { edges: listEdges(graph), identities: listIdentities(graph) };
        const [one, two] = [solve(graph, { anchors }), solve(buildTrustGraph(at(now)), { anchors })];
        expect(one.bound).to.equal(two.bound);
        for (const { id } of now.identities) expect(explain(one, id)).to.deep.equal(explain(two, id));
      }),
      { numRuns: 100 },
    );
  });

  it("should keep its bound over thousands of changes", () => {
    const given: Plan = {
      identities: range(1, 40).map((id) => ({ id, standing: 50 })),
      edges: range(1, 40).map((id) => ({ voucherId: id, subjectId: (id % 40) + 1, stake: 20, since: NOW - 1e7 })),
    };
    const graph = buildTrustGraph(at(given));
    const trust = solve(graph, { anchors: [1, 20] });
    for (let step = 0; step < 5_000; step++) {
      const voucherId = ((step * 7) % 40) + 1;
      const subjectId = ((voucherId + (step % 11) + 1) % 40) + 1;
      if (voucherId === subjectId) continue;
      apply(graph, { edges: [{ voucherId, subjectId, stake: (step % 13) + 1, since: NOW - step }], trusts: [trust] });
    }
    const now = { edges: listEdges(graph), identities: listIdentities(graph) };
    expect(
      distance(
        values(trust, now),
        exact(
          now,
          new Map([
            [1, 1],
            [20, 1],
          ]),
        ),
      ),
    ).to.be.at.most(trust.bound);
    expect(trust.bound).to.be.at.most(graph.parameters.kappa / 10);
  });

  it("should change nothing where anything is wrong with the change", () => {
    const identities = range(1, 3).map((id) => ({ id, standing: 10 }));
    const graph = buildTrustGraph({
      edges: [{ voucherId: 1, subjectId: 2, stake: 4, since: NOW }],
      identities,
      now: NOW,
    });
    const trust = solve(graph, { anchors: [1] });
    const before = explain(trust, 2);
    const edge = { voucherId: 1, subjectId: 3, stake: 4, since: NOW };
    for (const [change, name] of [
      [{ edges: [edge, edge] }, "DuplicateEdgeError"],
      [{ edges: [edge], removed: [edge] }, "DuplicateEdgeError"],
      [{ edges: [edge], removed: [{ voucherId: 2, subjectId: 1 }] }, "EdgeNotFoundError"],
      [{ edges: [edge, { ...edge, subjectId: 9 }] }, "UnknownEndpointError"],
      [{ edges: [edge, { ...edge, stake: Number.NaN }] }, "InvalidEdgeError"],
      [{ edges: [edge], identities: [{ id: 3, standing: -1 }] }, "InvalidIdentityError"],
      [
        {
          edges: [edge],
          identities: [
            { id: 3, standing: 1 },
            { id: 3, standing: 1 },
          ],
        },
        "DuplicateIdentityError",
      ],
      [{ edges: [edge], tolerance: 0 }, "InvalidParameterError"],
    ] as const) {
      expect(() => apply(graph, { ...change, trusts: [trust] }), name)
        .to.throw()
        .with.property("name", name);
      expect(explain(trust, 2)).to.deep.equal(before);
      expect(listEdges(graph)).to.have.length(1);
    }
  });

  it("should refuse trust that was not handed to it, and trust of another graph", () => {
    const build = () => buildTrustGraph({ edges: [{ voucherId: 1, subjectId: 2, stake: 4, since: NOW }], now: NOW });
    const [graph, other] = [build(), build()];
    const [kept, left] = [solve(graph, { anchors: [1] }), solve(graph, { anchors: [2] })];
    apply(graph, { removed: [{ voucherId: 1, subjectId: 2 }], trusts: [kept] });
    expect(score(kept, 2).verdict).to.equal("unknown");
    for (const use of [
      () => score(left, 2),
      () => explain(left, 2),
      () => trustOf(left, 2),
      () => apply(graph, { trusts: [left] }),
    ]) {
      expect(use).to.throw().with.property("name", "StaleTrustError");
    }
    expect(() => apply(other, { trusts: [kept] }))
      .to.throw()
      .with.property("name", "ForeignTrustError");
    const foreign = [kept, solve(other, { anchors: [1] })].map((trust) => ({ trust, weight: 1 }));
    expect(() => mix(foreign))
      .to.throw()
      .with.property("name", "ForeignTrustError");
  });
});

import { expect } from "chai";
import fc from "fast-check";
import {
  at,
  exact,
  identity,
  NOW,
  type Plan,
  plan,
  range,
  shares,
  someAnchors,
  someEdges,
} from "../../../test/utils/graphs.ts";
import { expectNear } from "../../../test/utils/near.ts";
import {
  type Anchor,
  apply,
  buildTrustGraph,
  explain,
  listEdges,
  listIdentities,
  mix,
  score,
  solve,
  type Trust,
  type TrustEdge,
  type TrustIdentity,
  trustOf,
} from "../index.ts";

/** Rounding in the sums of the tests themselves. */
const HAIR = 1e-14;
const values = (trust: Trust, { identities }: Plan) => identities.map(({ id }) => trustOf(trust, id));
const distance = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] as number)), 0);
const total = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0);
const weightsOf = (anchors: readonly Anchor[]) => new Map(anchors.map(({ id, weight }) => [id, weight]));
const anchored = (most?: number, edges?: number) =>
  plan(most, edges).chain((given) =>
    fc.record({ given: fc.constant(given), anchors: someAnchors(given.identities.length) }),
  );

describe("trust > engine", () => {
  describe("solve", () => {
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

  describe("sybils", () => {
    /** An honest graph with the anchors, any number of sybils that do what they like, and a few edges to them. */
    const attack = fc
      .record({ honest: fc.integer({ min: 2, max: 8 }), sybils: fc.integer({ min: 1, max: 8 }) })
      .chain(({ honest, sybils }) => {
        const [good, bad] = [range(1, honest), range(honest + 1, honest + sybils)];
        return fc.record({
          bad: fc.constant(bad),
          anchors: someAnchors(honest),
          identities: fc.tuple(...[...good, ...bad].map(identity)),
          inside: someEdges(good, good, 20),
          across: someEdges(good, bad, 6),
          among: someEdges(bad, [...bad, ...good], 40),
        });
      });

    it("should take no more than (1 - alpha) / alpha times what flows over the edges to them", () => {
      let closest = 0;
      fc.assert(
        fc.property(
          attack,
          fc.double({ min: 0.05, max: 0.95, noNaN: true }),
          ({ bad, anchors, identities, inside, across, among }, alpha) => {
            const edges = [...inside, ...across, ...among];
            const trust = solve(buildTrustGraph({ edges, identities, now: NOW, alpha }), { anchors });
            const stolen = total(bad.map((id) => trustOf(trust, id)));
            const flows = bad.flatMap((id) => explain(trust, id).lines);
            const isFromOutside = ({ voucherId, stance }: { voucherId: number; stance: string }) =>
              stance === "for" && !bad.includes(voucherId);
            const most = ((1 - alpha) / alpha) * total(flows.filter(isFromOutside).map(({ flow }) => flow));
            expect(stolen).to.be.at.most(most * (1 + 1e-9) + 2 * trust.bound);
            if (most > 0) closest = Math.max(closest, stolen / most);
            // What flows to all of them is at most what flows across, by alpha; each above a score needs its part of that.
            const { kappa } = trust.graph.parameters;
            for (const least of [0.1, 0.5, 0.9, 0.99]) {
              const above = bad.filter((id) => score(trust, id).score > least).length;
              const inflow = most / (1 - alpha);
              expect(above * ((kappa * least) / (1 - least))).to.be.at.most(inflow * (1 + 1e-9) + trust.bound);
            }
          },
        ),
        { numRuns: 1_000 },
      );
      expect(closest).to.be.above(0.8);
    });

    /** The parts of a split identity share out what it received and what it staked, and each stands as long as it did. */
    const split = anchored(8, 24).chain(({ given, anchors }) => {
      const candidates = given.identities
        .map(({ id }) => id)
        .filter((id) => !anchors.some((anchor) => anchor.id === id));
      const id = candidates[0] ?? 0;
      const cut = ({ stake }: TrustEdge) => fc.integer({ min: 0, max: stake });
      const incoming = given.edges.filter(({ subjectId }) => subjectId === id);
      const outgoing = given.edges.filter(({ voucherId }) => voucherId === id);
      return fc.record({
        given: fc.constant(given),
        anchors: fc.constant(anchors),
        id: fc.constant(id),
        incoming: fc.constant(incoming),
        outgoing: fc.constant(outgoing),
        cutsIn: fc.tuple(...incoming.map(cut)),
        cutsOut: fc.tuple(...outgoing.map(cut)),
      });
    });

    it("should gain nothing by splitting one of them into two", () => {
      let changed = 0;
      fc.assert(
        fc.property(split, ({ given, anchors, id, incoming, outgoing, cutsIn, cutsOut }) => {
          fc.pre(id !== 0);
          const twin = given.identities.length + 1;
          const standing = Math.max(
            given.identities[id - 1]?.standing as number,
            total(outgoing.map(({ stake }) => stake)),
          );
          const both = (stake: number, cut: number, one: TrustEdge, two: TrustEdge) =>
            [
              { ...one, stake: stake - cut },
              { ...two, stake: cut },
            ].filter((edge) => edge.stake > 0);
          const rest = given.edges.filter((edge) => edge.voucherId !== id && edge.subjectId !== id);
          const edges = [
            ...rest,
            ...incoming.flatMap((edge, i) => both(edge.stake, cutsIn[i] as number, edge, { ...edge, subjectId: twin })),
            ...outgoing.flatMap((edge, i) =>
              both(edge.stake, cutsOut[i] as number, edge, { ...edge, voucherId: twin }),
            ),
          ];
          const part = { ...(given.identities[id - 1] as TrustIdentity), standing };
          const others = given.identities.filter((other) => other.id !== id);
          const whole = solve(buildTrustGraph({ edges: given.edges, identities: [...others, part], now: NOW }), {
            anchors,
          });
          const parts = solve(
            buildTrustGraph({ edges, identities: [...others, part, { ...part, id: twin }], now: NOW }),
            { anchors },
          );
          const [before, after] = [trustOf(whole, id), trustOf(parts, id) + trustOf(parts, twin)];
          expect(after).to.be.at.most(before + whole.bound + parts.bound);
          if (after < before * 0.99) changed++;
        }),
        { numRuns: 500 },
      );
      expect(changed).to.be.above(0);
    });
  });

  describe("apply", () => {
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

  describe("explain", () => {
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
});

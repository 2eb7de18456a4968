import { expect } from "chai";
import fc from "fast-check";
import {
  buildTrustGraph,
  explain,
  score,
  solve,
  type TrustEdge,
  type TrustIdentity,
  trustOf,
} from "../src/trust/index.ts";
import { anchored, identity, NOW, range, someAnchors, someEdges, total } from "./utils/graphs.ts";

describe("trust > sybils", () => {
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
    const candidates = given.identities.map(({ id }) => id).filter((id) => !anchors.some((anchor) => anchor.id === id));
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
          ...outgoing.flatMap((edge, i) => both(edge.stake, cutsOut[i] as number, edge, { ...edge, voucherId: twin })),
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

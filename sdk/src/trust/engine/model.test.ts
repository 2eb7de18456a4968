import { expect } from "chai";
import { NOW } from "../../../test/utils/graphs.ts";
import { expectNear } from "../../../test/utils/near.ts";
import {
  buildTrustGraph,
  explain,
  mix,
  score,
  solve,
  type TrustEdge,
  type TrustParameters,
  trustOf,
} from "../index.ts";

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

describe("trust > model", () => {
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

  describe("freshness", () => {
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

  describe("suspended, retired and re-keyed vouchers", () => {
    const identities = [
      { id: 1, standing: 40, status: "suspended" as const },
      { id: 2, standing: 40, status: "retired" as const },
      { id: 3, standing: 40 },
      { id: 4, standing: 0 },
      { id: 5, standing: 0 },
    ];
    const edges = [1, 2, 3].flatMap((id) => [
      edge(id, 4, { voucherRekeyed: id === 3 }),
      edge(id, 5, { voucherRekeyed: id === 3, stance: "against" }),
    ]);
    const flows = (policy: Partial<TrustParameters>) => {
      const trust = solve(buildTrustGraph({ edges, identities, now: NOW, ...policy }), { anchors: [1, 2, 3] });
      return [4, 5].map((id) =>
        Object.fromEntries(explain(trust, id).lines.map((line) => [line.voucherId, line.muted ?? line.flow > 0])),
      );
    };

    it("should by default let no vouch of a suspended or retired one count, but its warnings", () => {
      expect(flows({})).to.deep.equal([
        { 1: "suspended", 2: "retired", 3: true },
        { 1: true, 2: true, 3: true },
      ]);
    });

    it("should do as the policy says, and show what does not count", () => {
      expect(flows({ suspended: "all", retired: "none", rekeyed: "warnings" })).to.deep.equal([
        { 1: true, 2: "retired", 3: "rekeyed" },
        { 1: true, 2: "retired", 3: true },
      ]);
      expect(flows({ suspended: "none", retired: "all", rekeyed: "none" })).to.deep.equal([
        { 1: "suspended", 2: true, 3: "rekeyed" },
        { 1: "suspended", 2: true, 3: "rekeyed" },
      ]);
    });

    it("should not give what does not count to the others: the budget is what was staked", () => {
      const share = (status: "active" | "suspended") => {
        const given = [
          { id: 1, standing: 40, status },
          { id: 4, standing: 0 },
          { id: 5, standing: 0 },
        ];
        const both = [edge(1, 4), edge(1, 5, { stance: "against" })];
        return score(solve(buildTrustGraph({ edges: both, identities: given, now: NOW }), { anchors: [1] }), 5);
      };
      expect(share("suspended").opposition).to.equal(share("active").opposition);
    });
  });

  describe("given what cannot be", () => {
    const build = (edges: TrustEdge[], more: object = {}) => buildTrustGraph({ edges, now: NOW, ...more });
    const solved = (anchors: readonly never[], more: object = {}) => solve(build([edge(1, 2)]), { anchors, ...more });
    const cases: [string, string, () => unknown][] = [
      ["a stake that is no number", "InvalidEdgeError", () => build([edge(1, 2, { stake: Number.NaN })])],
      ["a stake below zero", "InvalidEdgeError", () => build([edge(1, 2, { stake: -1 })])],
      ["a stake of zero", "InvalidEdgeError", () => build([edge(1, 2, { stake: 0 })])],
      ["a stake without end", "InvalidEdgeError", () => build([edge(1, 2, { stake: Number.POSITIVE_INFINITY })])],
      ["a date that is no number", "InvalidEdgeError", () => build([edge(1, 2, { since: Number.NaN })])],
      ["identity 0", "InvalidEdgeError", () => build([edge(0, 2)])],
      ["half an identity", "InvalidEdgeError", () => build([edge(1, 2.5)])],
      ["another stance", "InvalidEdgeError", () => build([edge(1, 2, { stance: "none" as never })])],
      ["an edge to itself", "SelfEdgeError", () => build([edge(2, 2)])],
      ["a pair twice", "DuplicateEdgeError", () => build([edge(1, 2), edge(3, 2), edge(1, 2, { stance: "against" })])],
      ["an edge to nobody", "UnknownEndpointError", () => build([edge(1, 2)], { identities: people([1]) })],
      ["an edge of nobody", "UnknownEndpointError", () => build([edge(9, 1)], { identities: people([1]) })],
      ["a standing below zero", "InvalidIdentityError", () => build([], { identities: people([-1]) })],
      ["a standing that is no number", "InvalidIdentityError", () => build([], { identities: people([Number.NaN]) })],
      [
        "an unknown status",
        "InvalidIdentityError",
        () => build([], { identities: [{ id: 1, standing: 1, status: "x" }] }),
      ],
      [
        "an identity twice",
        "DuplicateIdentityError",
        () => build([], { identities: [...people([1]), ...people([2])] }),
      ],
      [
        "columns of different lengths",
        "InvalidEdgeError",
        () => buildTrustGraph({ edges: { voucherIds: [1], subjectIds: [2, 3], stakes: [1], since: [1] }, now: NOW }),
      ],
      [
        "a column of other bits",
        "InvalidEdgeError",
        () =>
          buildTrustGraph({
            edges: { voucherIds: [1], subjectIds: [2], stakes: [1], since: [1], against: [2] },
            now: NOW,
          }),
      ],
      ["no moment", "InvalidParameterError", () => buildTrustGraph({ edges: [], now: Number.NaN })],
      ...["alpha", "lambda", "kappa", "freshFloor", "freshAfter"].flatMap((name) =>
        [Number.NaN, -1, Number.POSITIVE_INFINITY, "1"].map(
          (value) =>
            [`${name} ${value}`, "InvalidParameterError", () => build([], { [name]: value })] as [
              string,
              string,
              () => unknown,
            ],
        ),
      ),
      ["alpha 0", "InvalidParameterError", () => build([], { alpha: 0 })],
      ["alpha 1", "InvalidParameterError", () => build([], { alpha: 1 })],
      ["another policy", "InvalidParameterError", () => build([], { suspended: "some" })],
      ["no anchors", "NoAnchorsError", () => solved([])],
      ["an anchor that is not there", "UnknownAnchorError", () => solved([7] as never)],
      ["an anchor twice", "DuplicateAnchorError", () => solved([1, 2, 1] as never)],
      ["an anchor without weight", "InvalidAnchorError", () => solved([{ id: 1, weight: 0 }] as never)],
      ["an anchor that is no number", "InvalidAnchorError", () => solved(["1"] as never)],
      ["a weight in words", "InvalidAnchorError", () => solved([{ id: 1, weight: "5" }] as never)],
      ["weights whose sum is infinite", "InvalidAnchorError", () => solved([{ id: 1, weight: 1.7e308 }] as never)],
      ["a tolerance beyond arithmetic", "InvalidParameterError", () => solved([1] as never, { tolerance: 1e-20 })],
      ["nothing to mix", "NoAnchorsError", () => mix([])],
      [
        "a weight that is no number",
        "InvalidParameterError",
        () => mix([{ trust: solved([1] as never), weight: Number.NaN }]),
      ],
      ["half a digit", "InvalidParameterError", () => explain(solved([1] as never), 2, { digits: 0.5 })],
    ];
    for (const [what, name, run] of cases) {
      it(`should refuse ${what} with ${name}`, () => {
        expect(run).to.throw().with.property("name", name);
      });
    }
  });
});

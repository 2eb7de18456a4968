import { expect } from "chai";
import { NOW } from "../../../test/utils/graphs.ts";
import { buildTrustGraph, explain, score, solve, type TrustEdge, type TrustParameters } from "../index.ts";

const DAY = 86_400;
const old = NOW - 180 * DAY;
const edge = (voucherId: number, subjectId: number, more: Partial<TrustEdge> = {}): TrustEdge => ({
  voucherId,
  subjectId,
  stake: 10,
  since: old,
  ...more,
});

describe("trust > suspended, retired and re-keyed vouchers", () => {
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

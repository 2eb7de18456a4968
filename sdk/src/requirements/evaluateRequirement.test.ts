import { expect } from "chai";
import { evaluateRequirement, type Profile, type RequirementFacts } from "../index.ts";

/** As getProfile reads one that was asked for by its wallet. */
const profile = {
  ...{ id: 7, status: "active", role: "wallet", key: "0x00000000000000000000000000000000000000AA" },
  ...{ firstSeen: 1_000, lastSeen: 5_000, tenure: 3_000, keySince: 2_000, ownerKind: "key" },
  ...{ support: 10, opposition: 0 },
} as unknown as Profile;
const time = 6_000;

/** What an anchor that is active staked on it. */
const vouch = (voucherId: number, change: object = {}) => ({
  ...({ voucherId, subjectId: 7, stance: "for", stake: 5, isActive: true, voucherStatus: "active" } as const),
  ...change,
});

describe("evaluateRequirement", () => {
  const anchored = { anchors: [1, 2, 1, 7], minAnchors: 2, anchorWarningLimit: 1 };
  const anchorsOf = (vouches: RequirementFacts["vouches"]) =>
    evaluateRequirement(anchored, { profile, time, vouches }).unmet.map(({ reason, actual }) => [reason, actual]);

  it("should count what anchors staked on this very identity, each once, whatever else it is given", () => {
    expect(anchorsOf([vouch(1), vouch(2)])).to.deep.equal([]);
    expect(anchorsOf([vouch(1), vouch(1)])).to.deep.equal([["anchors", 1]]);
    expect(anchorsOf([vouch(1), vouch(3)])).to.deep.equal([["anchors", 1]]);
    expect(anchorsOf([vouch(1), vouch(2, { subjectId: 8 })])).to.deep.equal([["anchors", 1]]);
    expect(anchorsOf([vouch(1), vouch(7)])).to.deep.equal([["anchors", 1]]);
    expect(anchorsOf([vouch(1), vouch(2), vouch(3, { stance: "against" })])).to.deep.equal([]);
    expect(anchorsOf(undefined)).to.deep.equal([["anchors", 0]]);
  });

  it("should count a wallet as one of this moment where nobody says since when it is one", () => {
    const requirement = { minKeyAge: 1_000 };
    expect(evaluateRequirement(requirement, { profile, time }).unmet).to.deep.equal([
      { reason: "keyAge", actual: 0, demanded: 1_000 },
    ]);
    expect(evaluateRequirement(requirement, { profile, time, walletSince: 4_000 }).isMet).to.equal(true);
    expect(evaluateRequirement(requirement, { profile: { ...profile, role: "owner" }, time }).isMet).to.equal(true);
  });

  it("should refuse a requirement that no contract could hold", () => {
    expect(() => evaluateRequirement({ minAge: -1 }, { profile, time })).to.throw("-1 as minAge");
  });
});

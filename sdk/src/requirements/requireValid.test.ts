import { expect } from "chai";
import type { Requirement } from "../index.ts";
import { requireValid } from "./requireValid.ts";

const judged = (requirement: unknown, more?: string[]) => () => requireValid(requirement as Requirement, more);

describe("requireValid", () => {
  const refusals: [name: string, requirement: unknown, field: string, advice: string][] = [
    ["a name with underscores", { min_tenure: 5 }, "min_tenure", "Did you mean minTenure?"],
    ["a misspelt name", { minTenur: 5 }, "minTenur", "Did you mean minTenure?"],
    ["a misspelt name beside a good one", { minAge: 5, anchor: [1] }, "anchor", "Did you mean anchors?"],
    ["a misspelt name without a value", { minAge: 5, minTenur: undefined }, "minTenur", "Did you mean minTenure?"],
    ["a foreign name", { reputation: 5 }, "reputation", "known are minAge, minTenure,"],
    ["a name of every object", { constructor: 5 }, "constructor", "known are"],
    ["anchors alone", { anchors: [1, 2] }, "anchors", "say `minAnchors` or `anchorWarningLimit`"],
    ["anchors that need not vouch", { anchors: [1], minAnchors: 0, minAge: 1 }, "anchors", "say `minAnchors`"],
    ["anchors that weigh, alone", { anchors: [1], minAnchorStake: 5 }, "anchors", "say `minAnchors`"],
    ["anchors that are no list", { anchors: 1, minAnchors: 1 }, "anchors", "a list of identities"],
    ["a number without anchors", { minAnchors: 1 }, "minAnchors", "name them with `anchors`"],
    ["a number and no anchor", { anchors: [], minAnchors: 1 }, "minAnchors", "name them with `anchors`"],
    ["warnings without anchors", { anchorWarningLimit: 1 }, "anchorWarningLimit", "name them with `anchors`"],
    ["a stake without anchors", { minAge: 1, minAnchorStake: 1 }, "minAnchorStake", "name them with `anchors`"],
    ["more than there are", { anchors: [1, 2], minAnchors: 3 }, "minAnchors", "different `anchors`, here 2"],
    ["warnings of more than there are", { anchors: [1], anchorWarningLimit: 2 }, "anchorWarningLimit", "here 1"],
    ["more than differ", { anchors: [1, 1], minAnchors: 2 }, "minAnchors", "different `anchors`, here 1"],
    ["nothing", {}, "requirement", "demands something"],
    ["zeros", { minAge: 0, anchors: [], minAnchors: 0, keyOwned: false }, "requirement", "demands something"],
    ["what is left out", { minAge: undefined }, "requirement", "demands something"],
    ...[undefined, null, 7, "minAge", true, [], [{ minAge: 1 }]].map((value): [string, unknown, string, string] => [
      `no object: ${JSON.stringify(value)}`,
      value,
      "requirement",
      "an object",
    ]),
  ];
  for (const [name, requirement, field, advice] of refusals) {
    it(`should refuse ${name}`, () => {
      expect(judged(requirement))
        .to.throw(new RegExp(`\\b${field}\\b`))
        .with.property("name", "InvalidRequirementError");
      expect(judged(requirement)).to.throw(advice);
    });
  }

  it("should let pass what demands something, beside zeros, as contracts hold them", () => {
    const zero = { minAge: 0, minTenure: 0, minKeyAge: 0, maxSilence: 0, minSupport: 0, oppositionLimit: 0 };
    const none = { anchors: [], minAnchors: 0, minAnchorStake: 0, anchorWarningLimit: 0, keyOwned: false };
    for (const demand of [
      ...[{ minAge: 1 }, { minTenure: 1 }, { minKeyAge: 1 }, { maxSilence: 1 }, { minSupport: 1 }],
      ...[{ oppositionLimit: 1 }, { keyOwned: true }, { anchors: [1, 2, 1], minAnchors: 2, minAnchorStake: 5 }],
      { anchors: [1], anchorWarningLimit: 1 },
    ]) {
      expect(judged({ ...zero, ...none, ...demand })).to.not.throw();
      expect(judged(demand)).to.not.throw();
    }
  });

  it("should know the names that its caller knows, and what they demand", () => {
    expect(judged({ minScore: 0 }, ["minScore"])).to.not.throw();
    expect(judged({ minScore: undefined }, ["minScore"])).to.throw("demands something");
    expect(judged({ minScor: 0 }, ["minScore"])).to.throw("Did you mean minScore?");
    expect(judged({ minScore: 0 })).to.throw("minScore");
  });
});

import { expect } from "chai";
import fc from "fast-check";
import { openWorld, type World } from "../../../test/utils/world.ts";
import type { Profile, Requirement } from "../../index.ts";
import { requireValid } from "../../requirements/requireValid.ts";
import { evaluateTrust, type LoadTrustGraphReturnType, loadTrustGraph, solve, type Trust } from "../index.ts";

describe("trust > evaluateTrust", () => {
  // 1 is the anchor; it vouches for 2 and warns about 3. 4 vouches for 5, and nobody whom 1 trusts knows either. 6 is unknown.
  let world: World;
  let loaded: LoadTrustGraphReturnType;
  let trust: Trust;
  before(async () => {
    world = await openWorld();
    const [one, two, three, four, five, next] = world.members;
    for (const member of [one, two, three, four, five]) await member.registerSync({});
    await world.earn(one, two, three, four, five);
    await one.vouchSync({ voucherId: 1, subjectId: 2, stake: 10, periods: 3 });
    await one.warnSync({ voucherId: 1, subjectId: 3, stake: 10, periods: 3 });
    await two.vouchSync({ voucherId: 2, subjectId: 3, stake: 3, periods: 3 });
    await four.vouchSync({ voucherId: 4, subjectId: 5, stake: 10, periods: 3 });
    await five.vouchSync({ voucherId: 5, subjectId: 2, stake: 4, periods: 3 });
    await five.suspendSync({ id: 5 });
    await four.rotateKeySync({ signed: await next.signRotateKey({ id: 4 }) });
    loaded = await loadTrustGraph(one);
    trust = solve(loaded.graph, { anchors: [1] });
  });
  after(() => world.close());

  const profileOf = async (id: number): Promise<Profile> => {
    const profile = loaded.profiles.get(id);
    return profile ?? world.members[0].getProfile({ id });
  };
  const reasonsOf = async (id: number, requirement: Parameters<typeof evaluateTrust>[2]) => {
    const { unmet, answer, isMet } = evaluateTrust(await profileOf(id), trust, requirement);
    expect(isMet)
      .to.equal(unmet.length === 0)
      .and.equal(answer === "trusted");
    return [answer, ...unmet.map(({ reason }) => reason)];
  };

  it("should find what checkRequirement finds, and with it the contract, for any requirement", async () => {
    const limit = (most: number) => fc.option(fc.integer({ min: 0, max: most }), { nil: undefined });
    const requirements: fc.Arbitrary<Requirement> = fc.record({
      minAge: limit(4_000),
      minTenure: limit(4_000),
      minKeyAge: limit(4_000),
      maxSilence: limit(4_000),
      minSupport: limit(20),
      oppositionLimit: limit(20),
      anchors: fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 5 }),
      minAnchors: limit(3),
      minAnchorStake: limit(12),
      anchorWarningLimit: limit(2),
      keyOwned: fc.option(fc.boolean(), { nil: undefined }),
    });
    const isDemand = (requirement: Requirement) => {
      try {
        requireValid(requirement);
        return true;
      } catch {
        return false;
      }
    };
    await fc.assert(
      fc.asyncProperty(requirements.filter(isDemand), fc.integer({ min: 1, max: 6 }), async (requirement, id) => {
        const [reader] = world.members;
        const { blockNumber, time } = loaded;
        const expected = await reader.checkRequirement({ id, requirement, blockNumber });
        const found = evaluateTrust(expected.profile, trust, requirement);
        expect(time).to.equal(expected.time);
        expect(found.unmet.map(({ reason, actual, demanded }) => ({ reason, actual, demanded }))).to.deep.equal(
          expected.unmet,
        );
      }),
      { numRuns: 60 },
    );
  });

  it("should keep its answers apart", async () => {
    expect(await reasonsOf(2, { minScore: 0.5 })).to.deep.equal(["trusted"]);
    expect(await reasonsOf(2, { minScore: 0.5, minTenure: 4_000_000 })).to.deep.equal(["insufficient", "tenure"]);
    expect(await reasonsOf(2, { minScore: 0.9999999 })).to.deep.equal(["insufficient", "score"]);
    expect(await reasonsOf(3, { minScore: 0, oppositionLimit: 99 })).to.deep.equal(["distrusted", "distrust"]);
    expect(await reasonsOf(3, { oppositionLimit: 99 })).to.deep.equal(["trusted"]);
    expect(await reasonsOf(3, { minAge: 1 })).to.deep.equal(["trusted"]);
    expect(await reasonsOf(3, { oppositionLimit: 10 })).to.deep.equal(["distrusted", "opposition"]);
    expect(await reasonsOf(3, { anchors: [1], anchorWarningLimit: 1 })).to.deep.equal(["distrusted", "anchorWarnings"]);
    expect(await reasonsOf(4, { minScore: 0.1 })).to.deep.equal(["unknown", "noTrust"]);
    expect(await reasonsOf(4, { minScore: 0 })).to.deep.equal(["trusted"]);
    expect(await reasonsOf(5, { minScore: 0.1 })).to.deep.equal(["suspended", "suspended", "noTrust"]);
    expect(await reasonsOf(6, { minScore: 0.1 })).to.deep.equal(["unknown", "unknown"]);
  });

  it("should know a former key, whatever its identity is", async () => {
    const [one, , , four] = world.members;
    const profile = await one.getProfile({ address: four.account.address });
    expect(evaluateTrust(profile, trust, { minAge: 1 })).to.deep.include({ answer: "formerKey", isMet: false });
  });

  it("should say what there is and what is demanded", async () => {
    const { unmet, score } = evaluateTrust(await profileOf(3), trust, {
      minSupport: 5,
      minScore: 0.2,
      oppositionLimit: 10,
      minAnchors: 1,
      anchorWarningLimit: 1,
      anchors: [1],
    });
    expect(unmet).to.deep.equal([
      {
        reason: "support",
        actual: 3,
        demanded: 5,
        words: "too little is staked for it: 3 points, and at least 5 points demanded",
      },
      {
        reason: "opposition",
        actual: 10,
        demanded: 10,
        words: "too much is staked against it: 10 points, and fewer than 10 points allowed",
      },
      {
        reason: "anchors",
        actual: 0,
        demanded: 1,
        words: "too few anchors vouch for it: 0 anchors, and at least 1 anchor demanded",
      },
      {
        reason: "anchorWarnings",
        actual: 1,
        demanded: 1,
        words: "too many anchors warn about it: 1 anchor, and fewer than 1 anchor allowed",
      },
      {
        reason: "distrust",
        actual: score.score,
        demanded: 0.2,
        words: `more of the anchors' trust speaks against it than for it: ${score.score.toFixed(3)}, and at least 0.200 demanded`,
      },
    ]);
    expect(score.score).to.be.below(0);
  });

  it("should judge at the moment that it is given", async () => {
    const profile = await profileOf(2);
    const time = profile.firstSeen + 5_000;
    expect(evaluateTrust(profile, trust, { minAge: 5_000 }, { time }).isMet).to.equal(true);
    expect(evaluateTrust(profile, trust, { minAge: 5_001 }, { time }).isMet).to.equal(false);
  });

  it("should refuse what cannot be demanded", async () => {
    const profile = await profileOf(2);
    for (const minScore of [1, -1, Number.NaN]) {
      expect(() => evaluateTrust(profile, trust, { minScore }))
        .to.throw()
        .with.property("name", "InvalidParameterError");
    }
    for (const requirement of [
      {},
      { minTenur: 1 },
      { anchors: [1], minScore: 0.5 },
      { minAge: -1 },
      { minAnchors: 256 },
      { oppositionLimit: 0.5 },
    ]) {
      expect(() => evaluateTrust(profile, trust, requirement))
        .to.throw()
        .with.property("name", "InvalidRequirementError");
    }
    expect(() => evaluateTrust(profile, trust, { anchors: [0] }))
      .to.throw()
      .with.property("name", "InvalidIdError");
  });

  it("should count the age of a wallet that calls from its own consent, and refuse one of which it is not told", async () => {
    const owner = await profileOf(2);
    const wallet: Profile = { ...owner, role: "wallet" };
    const { time } = loaded;
    const requirement = { minKeyAge: 1_000 };
    const answer = (profile: Profile, walletSince?: number) =>
      evaluateTrust(profile, trust, requirement, { walletSince }).unmet.map(({ reason, actual }) => [reason, actual]);
    expect(answer(owner)).to.deep.equal([]);
    expect(answer(wallet)).to.deep.equal([["keyAge", 0]]);
    expect(answer(wallet, time - 999)).to.deep.equal([["keyAge", 999]]);
    expect(answer(wallet, time - 1_000)).to.deep.equal([]);
    // Never older than the owner's key.
    expect(answer({ ...wallet, keySince: time - 10 }, 0)).to.deep.equal([["keyAge", 10]]);
  });
});

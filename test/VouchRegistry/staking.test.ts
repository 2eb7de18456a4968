import { expect } from "chai";
import { packEdge, Stance } from "../utils/vouchEdge.ts";
import { fieldsOf } from "../utils/vouchMocks.ts";
import { freshEdge, offerOf, type StakingFunction, stakingFunctions } from "../utils/vouchTwins.ts";
import {
  type Agent,
  DAY,
  disown,
  EARNABLE,
  EVIDENCE,
  emits,
  ethers,
  expectPoints,
  expectSums,
  grownWorld,
  loadFixture,
  MAX_SILENCE,
  nextBlockAt,
  refused,
  resume,
  retire,
  revoke,
  rotate,
  STANDING,
  Status,
  setWallet,
  startOf,
  suspend,
  time,
  UNKNOWN,
  VouchState,
  type World,
} from "../utils/vouchWorld.ts";

/** Wider than the 40 bits in which an edge keeps an identity: its low bits name the third identity. */
const ALIAS_OF_3 = (1n << 40n) + 3n;
const MAX_UINT256 = ethers.MaxUint256;

/** What this way of staking adds to. */
async function expectStaked(world: World, fn: StakingFunction, subject: Agent, stake: bigint): Promise<void> {
  const isFor = fn.stance === Stance.For;
  await expectSums(world, subject, isFor ? stake : 0n, isFor ? 0n : stake);
}

for (const fn of stakingFunctions) {
  describe(`VouchRegistry > ${fn.name}`, () => {
    let world: World;
    let ada: Agent;
    let ben: Agent;
    let cleo: Agent;
    beforeEach(async () => {
      world = await loadFixture(grownWorld);
      ({ ada, ben, cleo } = world);
    });

    const stake = (changes: Parameters<typeof offerOf>[2] = {}, actor = ada.owner) =>
      fn.stake(world, offerOf(ada, ben, changes), actor);
    const isRefused = (sent: Promise<unknown>, error: string, ...args: unknown[]) =>
      refused(sent, world.vouches, error, ...args);

    describe("given two active identities", () => {
      it("should count the stake at once", async () => {
        await stake({ stake: 7n });
        await expectStaked(world, fn, ben, 7n);
      });

      it("should let the voucher stake what it earned before and after it checked in, less what silence cost", async () => {
        const checkIn = () => world.identities.connect(ada.owner).pulse(ada.id, ethers.ZeroHash);
        const lastSeen = await world.identities.lastSeen(ada.id);
        await nextBlockAt(lastSeen + 12n * DAY);
        await checkIn();
        await nextBlockAt(lastSeen + 112n * DAY);
        await isRefused(
          stake({ stake: STANDING + 13n }),
          "InsufficientStanding",
          ada.id,
          STANDING + 12n,
          STANDING + 13n,
          30n, // of the hundred days since
        );
        await checkIn();
        await stake({ stake: STANDING + 42n });
        await expectPoints(world, ada, { standing: STANDING + 42n, staked: STANDING + 42n });
      });

      it("should let the voucher stake a point once a check-in earned the last second of it, and not before", async () => {
        const checkIn = () => world.identities.connect(ada.owner).pulse(ada.id, ethers.ZeroHash);
        const earned = (await world.identities.lastSeen(ada.id)) + 12n * DAY;
        const [before, points] = [STANDING + 11n, STANDING + 12n];
        await nextBlockAt(earned - 1n);
        await checkIn();
        await nextBlockAt(earned);
        await isRefused(stake({ stake: points }), "InsufficientStanding", ada.id, before, points, 1n);
        await nextBlockAt(earned + 1n);
        await checkIn();
        await stake({ stake: points });
        await expectPoints(world, ada, { standing: points, staked: points });
      });

      it("should lock the stake in the voucher's standing", async () => {
        await stake({ stake: 7n });
        await expectPoints(world, ada, { staked: 7n });
      });

      it("should leave the subject's own standing and the voucher's support alone", async () => {
        await stake({ stake: 7n });
        await expectPoints(world, ben, {});
        await expectSums(world, ada, 0n, 0n);
      });

      it(`should emit ${fn.event} with the whole edge, topic and evidence`, async () => {
        const offer = offerOf(ada, ben, { stake: 7n, periods: 3n, arbiterId: cleo.id });
        const since = await nextBlockAt();
        const edge = packEdge(freshEdge(fn, offer, since, 0n));
        const sent = fn.stake(world, offer, ada.owner);
        await emits(sent, world.vouches, fn.event, ada.id, ben.id, edge, offer.topic, offer.evidence);
      });

      it("should answer the same edge from vouchOf", async () => {
        const since = await nextBlockAt();
        await stake({ stake: 7n, periods: 3n, arbiterId: cleo.id });
        expect(fieldsOf(await world.vouches.vouchOf(ada.id, ben.id))).to.deep.equal({
          voucherId: ada.id,
          subjectId: ben.id,
          arbiterId: cleo.id,
          stance: fn.stance,
          state: VouchState.Active,
          isActive: true,
          isBurnable: true,
          stake: 7n,
          since,
          endPeriod: 3n,
          releasePeriod: 4n,
          subjectKeyEpoch: 0n,
          voucherKeyEpoch: 0n,
          voucherStatus: Status.Active,
          voucherRekeyed: false,
          arbiterStatus: Status.Active,
        });
      });

      it("should write the key epochs of both into the edge", async () => {
        const [first, second, third] = world.spare;
        const rekeyedAda = await rotate(world, ada, first);
        await rotate(world, await rotate(world, ben, second), third);
        await stake({}, rekeyedAda.owner);
        const edge = await world.vouches.vouchOf(ada.id, ben.id);
        expect([edge.voucherKeyEpoch, edge.subjectKeyEpoch]).to.deep.equal([1n, 2n]);
      });

      it("should take an empty topic and empty evidence", async () => {
        const edge = packEdge(freshEdge(fn, offerOf(ada, ben), await nextBlockAt(), 0n));
        const sent = stake({ topic: ethers.ZeroHash, evidence: "" });
        await emits(sent, world.vouches, fn.event, ada.id, ben.id, edge, ethers.ZeroHash, "");
      });

      it("should take evidence of many kilobytes", async () => {
        const evidence = `${EVIDENCE}#${"0123456789abcdef".repeat(1_000)}`;
        await expect(stake({ evidence })).to.emit(world.vouches, fn.event);
      });

      it("should let a subject without any standing of its own be staked on, and refuse its stake", async () => {
        await world.identities.connect(world.relayer)["register()"]();
        const newcomer = { id: 7n, owner: world.relayer };
        await fn.stake(world, offerOf(ada, newcomer), ada.owner);
        await expectStaked(world, fn, newcomer, 10n);
        const back = fn.stake(world, offerOf(newcomer, ada, { stake: 1n }), newcomer.owner);
        await isRefused(back, "InsufficientStanding", newcomer.id, 0n, 1n, 0n);
      });

      it("should take it of whom the subject has made its operator: that is no way to silence anybody", async () => {
        await world.identities.connect(ben.owner).setApprovalForAll(ada.owner, true);
        await world.identities.connect(ben.owner).approve(ada.owner, ben.id);
        await stake();
        await expectStaked(world, fn, ben, 10n);
      });

      it("should keep the two directions of a pair apart", async () => {
        await stake({ stake: 4n });
        await fn.stake(world, offerOf(ben, ada, { stake: 5n }), ben.owner);
        await expectStaked(world, fn, ben, 4n);
        await expectStaked(world, fn, ada, 5n);
      });
    });

    describe("when the stake is", () => {
      it("0, it should revert", async () => {
        await isRefused(stake({ stake: 0n }), "ZeroStake", ada.id, ben.id);
      });

      it("1, it should be taken", async () => {
        await stake({ stake: 1n });
        await expectPoints(world, ada, { staked: 1n });
      });

      it("all that is free, it should leave nothing free", async () => {
        await stake({ stake: STANDING });
        await expectPoints(world, ada, { staked: STANDING });
      });

      it("one point more than is free, it should revert and say how much is", async () => {
        await isRefused(
          stake({ stake: STANDING + 1n }),
          "InsufficientStanding",
          ada.id,
          STANDING,
          STANDING + 1n,
          EARNABLE,
        );
      });

      it("2^256 - 1, it should revert and say how much is free", async () => {
        await isRefused(stake({ stake: MAX_UINT256 }), "InsufficientStanding", ada.id, STANDING, MAX_UINT256, EARNABLE);
      });

      it("more than earlier stakes for and against others have left free, it should revert", async () => {
        await world.vouches.connect(ada.owner).vouch(ada.id, 4, 12, 1, 0, ethers.ZeroHash, "");
        await world.vouches.connect(ada.owner).warn(ada.id, 5, 9, 1, 0, ethers.ZeroHash, "");
        await isRefused(stake({ stake: 10n }), "InsufficientStanding", ada.id, 9n, 10n, EARNABLE);
        await stake({ stake: 9n });
        await expectPoints(world, ada, { staked: 30n });
      });

      it("locked in the tail of an ended edge, it should not be free", async () => {
        await world.vouches.connect(ada.owner).vouch(ada.id, 4, STANDING, 1, 0, ethers.ZeroHash, "");
        await nextBlockAt(startOf(3n) - 1n);
        await isRefused(stake({ stake: 1n }), "InsufficientStanding", ada.id, 0n, 1n, MAX_SILENCE / DAY);
        await nextBlockAt(startOf(3n));
        await stake({ stake: STANDING });
      });
    });

    describe("when the periods are", () => {
      for (const periods of [0n, 7n, MAX_UINT256]) {
        it(`${periods === MAX_UINT256 ? "2^256 - 1" : periods}, it should revert`, async () => {
          await isRefused(stake({ periods }), "InvalidPeriods", periods, 6n);
        });
      }

      for (const periods of [1n, 6n]) {
        it(`${periods}, it should count to the last second of that period and be released a period later`, async () => {
          await stake({ periods });
          await time.increaseTo(startOf(periods + 1n) - 1n);
          await expectStaked(world, fn, ben, 10n);
          await time.increaseTo(startOf(periods + 1n));
          await expectStaked(world, fn, ben, 0n);
          await time.increaseTo(startOf(periods + 2n) - 1n);
          await expectPoints(world, ada, { staked: 10n });
          await time.increaseTo(startOf(periods + 2n));
          await expectPoints(world, ada, {});
        });
      }

      it("counted from the last second of a period, it should end with the period after", async () => {
        await nextBlockAt(startOf(1n) - 1n);
        await stake({ periods: 1n });
        expect((await world.vouches.vouchOf(ada.id, ben.id)).endPeriod).to.equal(1n);
      });

      it("counted from the first second of a period, it should end with the period after that", async () => {
        await nextBlockAt(startOf(1n));
        await stake({ periods: 1n });
        expect((await world.vouches.vouchOf(ada.id, ben.id)).endPeriod).to.equal(2n);
      });
    });

    describe("given the voucher is", () => {
      it("the subject, it should revert", async () => {
        await isRefused(stake({ subjectId: ada.id }), "SelfVouch", ada.id);
      });

      it("unknown, it should revert", async () => {
        await isRefused(stake({ voucherId: UNKNOWN }), "UnknownIdentity", UNKNOWN);
      });

      it("zero, it should revert", async () => {
        await isRefused(stake({ voucherId: 0n }), "UnknownIdentity", 0n);
      });

      it("a number whose low 40 bits are a known one, it should revert", async () => {
        const voucherId = (1n << 40n) + ada.id;
        await isRefused(stake({ voucherId }), "UnknownIdentity", voucherId);
      });

      it("suspended, it should revert until it is resumed", async () => {
        await suspend(world, ada);
        await isRefused(stake(), "NotActive", ada.id, Status.Suspended);
        await resume(world, ada);
        await stake();
      });

      if (fn.name === "vouchFor" || fn.name === "warnFor") {
        it("suspended, it should refuse somebody else's signature as such", async () => {
          await suspend(world, ada);
          await isRefused(stake({}, ben.owner), ...fn.refusal(ada, ben.owner));
        });
      }

      it("retired, it should revert", async () => {
        await retire(world, ada);
        await isRefused(stake(), "NotActive", ada.id, Status.Retired);
      });
    });

    describe("given the subject is", () => {
      /** A signed warning names a key of its subject; who has no owner has none that the test could name. */
      const isKeyless = (subjectId: bigint, ...otherwise: [error: string, ...args: unknown[]]) =>
        fn.name === "warnFor"
          ? isRefused(stake({ subjectId }), "NotSubjectKey", subjectId, ethers.ZeroAddress)
          : isRefused(stake({ subjectId }), ...otherwise);

      it("unknown, it should revert", async () => {
        await isKeyless(UNKNOWN, "UnknownIdentity", UNKNOWN);
      });

      it("zero, it should revert", async () => {
        await isRefused(stake({ subjectId: 0n }), "UnknownIdentity", 0n);
      });

      it("a number whose low 40 bits are a known one, it should revert", async () => {
        await isKeyless(ALIAS_OF_3, "UnknownIdentity", ALIAS_OF_3);
      });

      if (fn.stance === Stance.For) {
        it("suspended, it should revert until it is resumed", async () => {
          await suspend(world, ben);
          await isRefused(stake(), "NotActive", ben.id, Status.Suspended);
          await resume(world, ben);
          await stake();
        });
      } else {
        it("suspended, it should be taken: else it could keep every warning out by suspending itself", async () => {
          await suspend(world, ben);
          await stake();
          await expectStaked(world, fn, ben, 10n);
          await resume(world, ben);
          await expectStaked(world, fn, ben, 10n);
        });
      }

      it("retired, it should revert", async () => {
        await retire(world, ben);
        await isKeyless(ben.id, "NotActive", ben.id, Status.Retired);
      });
    });

    describe("when the arbiter is", () => {
      it("zero, it should make an edge that nobody can burn", async () => {
        await stake({ arbiterId: 0n });
        const edge = await world.vouches.vouchOf(ada.id, ben.id);
        expect([edge.arbiterId, edge.isBurnable]).to.deep.equal([0n, false]);
      });

      it("the voucher, it should revert", async () => {
        await isRefused(stake({ arbiterId: ada.id }), "InvalidArbiter", ada.id);
      });

      it("the subject, it should revert", async () => {
        await isRefused(stake({ arbiterId: ben.id }), "InvalidArbiter", ben.id);
      });

      it("unknown, it should revert", async () => {
        await isRefused(stake({ arbiterId: UNKNOWN }), "UnknownIdentity", UNKNOWN);
      });

      it("a number whose low 40 bits are a known one, it should revert", async () => {
        await isRefused(stake({ arbiterId: ALIAS_OF_3 }), "UnknownIdentity", ALIAS_OF_3);
      });

      it("suspended, it should revert", async () => {
        await suspend(world, cleo);
        await isRefused(stake({ arbiterId: cleo.id }), "NotActive", cleo.id, Status.Suspended);
      });

      it("one that did not agree, or does so no longer, it should revert until it does", async () => {
        await world.identities.connect(cleo.owner).setArbitration(cleo.id, false);
        await isRefused(stake({ arbiterId: cleo.id }), "NotArbiter", cleo.id);
        await world.identities.connect(cleo.owner).setArbitration(cleo.id, true);
        await stake({ arbiterId: cleo.id });
      });

      it("retired, it should revert", async () => {
        await retire(world, cleo);
        await isRefused(stake({ arbiterId: cleo.id }), "NotActive", cleo.id, Status.Retired);
      });
    });

    describe("when the actor is", () => {
      it("a stranger, it should revert", async () => {
        await isRefused(stake({}, world.relayer), ...fn.refusal(ada, world.relayer));
      });

      it("the subject's owner, it should revert", async () => {
        await isRefused(stake({}, ben.owner), ...fn.refusal(ada, ben.owner));
      });

      it("the voucher's wallet, it should revert", async () => {
        await setWallet(world, ada, world.relayer);
        await isRefused(stake({}, world.relayer), ...fn.refusal(ada, world.relayer));
      });

      it("an operator or the approved address of the voucher, it should revert", async () => {
        await world.identities.connect(ada.owner).setApprovalForAll(world.relayer, true);
        await world.identities.connect(ada.owner).approve(world.relayer, ada.id);
        await isRefused(stake({}, world.relayer), ...fn.refusal(ada, world.relayer));
      });

      it("a former key of the voucher, it should revert", async () => {
        const rekeyed = await rotate(world, ada, world.spare[0]);
        await isRefused(stake({}, ada.owner), ...fn.refusal(rekeyed, ada.owner));
      });

      it("the voucher's new key, it should be let through", async () => {
        const rekeyed = await rotate(world, ada, world.spare[0]);
        await stake({}, rekeyed.owner);
        await expectStaked(world, fn, ben, 10n);
      });
    });

    for (const stance of [Stance.For, Stance.Against]) {
      const kind = stance === Stance.For ? "vouch" : "warning";
      const earlier = (periods: bigint) => {
        const registry = world.vouches.connect(ada.owner);
        const make = stance === Stance.For ? registry.vouch : registry.warn;
        return make(ada.id, ben.id, 10, periods, cleo.id, ethers.ZeroHash, "");
      };

      describe(`given an earlier ${kind} of the pair`, () => {
        /** What stops another arbiter, or none, while the earlier edge is locked: see anew.test.ts. */
        const isKept = () => isRefused(stake(), "ArbiterChanges", cleo.id, 0n);

        it("that is live, it should revert, unless it is made anew", async () => {
          await earlier(1n);
          if (stance === fn.stance) await isRefused(stake(), "VouchExists", ada.id, ben.id, 2n);
          else await isKept();
        });

        it("that has ended, it should obey no other arbiter to the last second of its tail", async () => {
          await earlier(1n);
          await nextBlockAt(startOf(2n));
          await isKept();
          await nextBlockAt(startOf(3n) - 1n);
          await isKept();
        });

        it("that was revoked, it should obey no other arbiter to the last second of its tail and be free after", async () => {
          await earlier(6n);
          await revoke(world, ada, ben);
          await nextBlockAt(startOf(2n) - 1n);
          await isKept();
          await nextBlockAt(startOf(2n));
          await stake();
          await expectStaked(world, fn, ben, 10n);
        });

        it("that was burned to the last point, it should be for renew, or obey any arbiter or none", async () => {
          await earlier(1n);
          await world.vouches.connect(cleo.owner).burn(ada.id, ben.id, 10, "");
          if (stance === fn.stance) return isRefused(stake(), "VouchExists", ada.id, ben.id, 2n);
          await stake();
          await expectStaked(world, fn, ben, 10n);
        });

        it("whose tail is over, it should make the edge anew in the first second after", async () => {
          await earlier(1n);
          const since = await nextBlockAt(startOf(3n));
          const offer = offerOf(ada, ben, { stake: 3n, periods: 6n });
          const edge = packEdge(freshEdge(fn, offer, since, 3n));
          const sent = fn.stake(world, offer, ada.owner);
          await emits(sent, world.vouches, fn.event, ada.id, ben.id, edge, offer.topic, offer.evidence);
          await expectStaked(world, fn, ben, 3n);
          await expectPoints(world, ada, { staked: 3n });
        });

        it("long ago, it should make the edge anew, far beyond the reach of the ring's buckets", async () => {
          await earlier(1n);
          await nextBlockAt(startOf(1_000n) + 5n * DAY);
          await stake({ stake: 3n });
          await expectStaked(world, fn, ben, 3n);
          await expectPoints(world, ada, { staked: 3n });
        });
      });
    }

    it(`given a disowned vouch of the pair, it should ${fn.stance === Stance.For ? "revert to the last second of its tail" : "warn at once"}`, async () => {
      await world.vouches.connect(ada.owner).vouch(ada.id, ben.id, 10, 6, 0, ethers.ZeroHash, "");
      await disown(world, ada, ben);
      await nextBlockAt(startOf(2n) - 1n);
      if (fn.stance === Stance.For) {
        await isRefused(stake(), "VouchRefused", ada.id, ben.id, 1n);
        await nextBlockAt(startOf(2n));
      }
      await stake();
      await expectStaked(world, fn, ben, 10n);
    });
  });
}

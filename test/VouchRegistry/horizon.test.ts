import { expect } from "chai";
import {
  type Agent,
  burn,
  disown,
  ethers,
  expectPoints,
  expectSums,
  grownWorld,
  loadFixture,
  nextBlockAt,
  refused,
  renew,
  revoke,
  STANDING,
  time,
  VouchState,
  type World,
  withParameters,
} from "../utils/vouchWorld.ts";

/** The last period that an edge can store: 18 bits. */
const LAST = 2n ** 18n - 1n;

/** Periods of one second: the horizon, 43,000 years away in production, is three days away. */
describe("VouchRegistry > horizon", () => {
  let world: World;
  let ada: Agent;
  let ben: Agent;
  let cleo: Agent;
  let origin: bigint;
  beforeEach(async () => {
    world = await loadFixture(grownWorld);
    origin = BigInt(await time.latest());
    world = await withParameters(world, { origin, period: 1n });
    ({ ada, ben, cleo } = world);
  });

  const at = (period: bigint) => nextBlockAt(origin + period);
  const make = (stance: "vouch" | "warn", periods: bigint, from = ada, to = ben) =>
    world.vouches.connect(from.owner)[stance](from.id, to.id, 10, periods, cleo.id, ethers.ZeroHash, "");
  const isRefused = (sent: Promise<unknown>, error: string, ...args: unknown[]) =>
    refused(sent, world.vouches, error, ...args);
  const isPastHorizon = (sent: Promise<unknown>, needed: bigint) => isRefused(sent, "HorizonPassed", needed, LAST);

  for (const stance of ["vouch", "warn"] as const) {
    describe(stance, () => {
      it("should be taken when its tail ends with the last period", async () => {
        await at(LAST - 7n);
        await make(stance, 6n);
        const edge = await world.vouches.vouchOf(ada.id, ben.id);
        expect([edge.endPeriod, edge.releasePeriod, edge.isActive]).to.deep.equal([LAST - 1n, LAST, true]);
      });

      it("should revert when its tail would end one period later", async () => {
        await at(LAST - 6n);
        await isPastHorizon(make(stance, 6n), LAST + 1n);
      });

      it("should be taken with fewer periods up to the last but two, and revert after", async () => {
        await at(LAST - 2n);
        await make(stance, 1n);
        await at(LAST - 1n);
        await isPastHorizon(make(stance, 1n, world.dan), LAST + 1n);
        await at(LAST + 1_000n);
        await isPastHorizon(make(stance, 1n, world.dan), LAST + 1_002n);
      });
    });
  }

  describe("given a vouch and a warning whose tails end with the last period", () => {
    beforeEach(async () => {
      await at(LAST - 7n);
      const { interface: abi } = world.vouches;
      const calls = [
        abi.encodeFunctionData("vouch", [ada.id, ben.id, 10, 6, cleo.id, ethers.ZeroHash, ""]),
        abi.encodeFunctionData("warn", [ada.id, world.dan.id, 10, 6, cleo.id, ethers.ZeroHash, ""]),
      ];
      await world.vouches.connect(ada.owner).multicall(calls);
    });

    it("should count to the last second of the last but one period", async () => {
      await time.increaseTo(origin + LAST - 1n);
      await expectSums(world, ben, 10n, 0n);
      await expectSums(world, world.dan, 0n, 10n);
      await time.increaseTo(origin + LAST);
      await expectSums(world, ben, 0n, 0n);
      await expectSums(world, world.dan, 0n, 0n);
      await expectPoints(world, ada, { staked: 20n });
      await time.increaseTo(origin + LAST + 1n);
      await expectPoints(world, ada, {});
    });

    it("should be revoked in the last period in which it counts", async () => {
      await at(LAST - 1n);
      await revoke(world, ada, ben);
      expect((await world.vouches.vouchOf(ada.id, ben.id)).releasePeriod).to.equal(LAST);
      await at(LAST);
      await isRefused(revoke(world, ada, world.dan), "VouchNotLive", ada.id, world.dan.id, VouchState.Ended);
    });

    it("should be disowned in the last period in which it counts", async () => {
      await at(LAST - 1n);
      await disown(world, ada, ben);
      expect((await world.vouches.vouchOf(ada.id, ben.id)).releasePeriod).to.equal(LAST);
    });

    it("should be burned in the very last period and not after", async () => {
      await at(LAST);
      await burn(world, ada, ben, cleo, 4n);
      await at(LAST + 1n);
      await isRefused(burn(world, ada, ben, cleo, 1n), "VouchReleased", ada.id, ben.id, LAST);
      await time.increaseTo(origin + LAST + 1n);
      await expectPoints(world, ada, { standing: STANDING - 4n, burned: 4n, scars: 1n });
    });

    it("should not be renewed beyond", async () => {
      await at(LAST - 6n);
      await isPastHorizon(renew(world, ada, ben, 1n, 6n), LAST + 1n);
      await at(LAST - 5n);
      await renew(world, ada, ben, 1n, 4n);
      await at(LAST);
      await isPastHorizon(renew(world, ada, ben, 1n, 1n), LAST + 2n);
    });

    for (const [when, later] of [
      ["one second", 1n],
      ["a thousand years", 1_000n * 31_556_952n],
    ] as const) {
      it(`should answer every view ${when} after the last period, without reverting`, async () => {
        await at(LAST);
        await burn(world, ada, ben, cleo, 4n);
        await time.increaseTo(origin + LAST + later);
        const { vouches } = world;
        const current = LAST + later;
        expect(await vouches.currentPeriod()).to.equal(current);
        expect(await vouches.periodEnd(current)).to.equal(origin + current + 1n);
        await expectSums(world, ben, 0n, 0n);
        await expectSums(world, world.dan, 0n, 0n);
        expect(await vouches.supportAt(ben.id, current)).to.deep.equal([0n, 0n]);
        expect(await vouches.supportAt(ben.id, ethers.MaxUint256)).to.deep.equal([0n, 0n]);
        await refused(vouches.supportAt(ben.id, LAST), vouches, "PeriodPassed", LAST, current);
        await expectPoints(world, ada, { standing: STANDING - 4n, burned: 4n, scars: 1n });
        const edge = await vouches.vouchOf(ada.id, ben.id);
        expect([edge.state, edge.isBurnable, edge.stake]).to.deep.equal([VouchState.Ended, false, 6n]);
        const [given] = await vouches.vouchesBy(ada.id, 0, 10);
        expect(given.map((one) => one.subjectId)).to.deep.equal([world.dan.id, ben.id]);
        const [got] = await vouches.vouchersOf(ben.id, 0, 10);
        expect(got.map((one) => one.voucherId)).to.deep.equal([ada.id]);
      });
    }
  });
});

import { expect } from "chai";
import {
  ethers,
  grownWorld,
  loadFixture,
  ORIGIN,
  PERIOD,
  refused,
  renew,
  revoke,
  rotate,
  startOf,
  time,
  UNKNOWN,
  vouch,
  type World,
  warn,
} from "../utils/vouchWorld.ts";

describe("VouchRegistry > currentPeriod", () => {
  let world: World;
  beforeEach(async () => {
    world = await loadFixture(grownWorld);
  });

  for (const period of [1n, 2n, 7n, 1_000n]) {
    it(`should become ${period} in the first second of that period`, async () => {
      await time.increaseTo(ORIGIN + period * PERIOD - 1n);
      expect(await world.vouches.currentPeriod()).to.equal(period - 1n);
      await time.increaseTo(ORIGIN + period * PERIOD);
      expect(await world.vouches.currentPeriod()).to.equal(period);
    });
  }
});

describe("VouchRegistry > periodEnd", () => {
  let world: World;
  beforeEach(async () => {
    world = await loadFixture(grownWorld);
  });

  it("should be the first second after the period", async () => {
    expect(await world.vouches.periodEnd(0)).to.equal(ORIGIN + PERIOD);
    expect(await world.vouches.periodEnd(6)).to.equal(ORIGIN + 7n * PERIOD);
    await time.increaseTo(await world.vouches.periodEnd(3));
    expect(await world.vouches.currentPeriod()).to.equal(4n);
  });

  it("when the number is beyond all time, it should panic rather than wrap around", async () => {
    await expect(world.vouches.periodEnd(ethers.MaxUint256)).to.be.revertedWithPanic(0x11);
  });
});

describe("VouchRegistry > supportAt", () => {
  let world: World;
  beforeEach(async () => {
    world = await loadFixture(grownWorld);
    const { ada, ben, cleo, dan } = world;
    await vouch(world, ada, ben, { stake: 1n, periods: 1n });
    await vouch(world, cleo, ben, { stake: 2n, periods: 3n });
    await vouch(world, dan, ben, { stake: 4n, periods: 6n });
    await warn(world, world.eve, ben, { stake: 8n, periods: 2n });
    await warn(world, world.finn, ben, { stake: 16n, periods: 6n });
  });

  /** Support and opposition by period, from 0 to 8. */
  const GUARANTEED = [
    [7n, 24n],
    [7n, 24n],
    [6n, 24n],
    [6n, 16n],
    [4n, 16n],
    [4n, 16n],
    [4n, 16n],
    [0n, 0n],
    [0n, 0n],
  ];

  it("should say what is staked beyond each period", async () => {
    for (const [period, sums] of GUARANTEED.entries()) {
      expect(await world.vouches.supportAt(world.ben.id, period)).to.deep.equal(sums);
    }
  });

  it("should come true: supportOf says the same when the period has come", async () => {
    for (const [period, sums] of GUARANTEED.entries()) {
      if (period > 0) await time.increaseTo(startOf(BigInt(period)));
      expect(await world.vouches.supportOf(world.ben.id)).to.deep.equal(sums);
      expect(await world.vouches.supportAt(world.ben.id, period)).to.deep.equal(sums);
    }
  });

  it("should say the same from a later period as from an earlier one", async () => {
    await time.increaseTo(startOf(2n));
    for (const [period, sums] of [...GUARANTEED.entries()].slice(2)) {
      expect(await world.vouches.supportAt(world.ben.id, period)).to.deep.equal(sums);
    }
  });

  it("should follow renewals and revocations", async () => {
    await renew(world, world.ada, world.ben, 10n, 5n);
    await revoke(world, world.dan, world.ben);
    expect(await world.vouches.supportAt(world.ben.id, 5)).to.deep.equal([11n, 16n]);
    expect(await world.vouches.supportAt(world.ben.id, 6)).to.deep.equal([0n, 16n]);
  });

  it("given the subject's key changed, it should say no support, and the same opposition", async () => {
    await rotate(world, world.ben, world.spare[0]);
    expect(await world.vouches.supportAt(world.ben.id, 3)).to.deep.equal([0n, 16n]);
  });

  it("when the period has passed, it should revert", async () => {
    await time.increaseTo(startOf(2n));
    await refused(world.vouches.supportAt(world.ben.id, 1), world.vouches, "PeriodPassed", 1n, 2n);
  });

  it("when the period is far ahead or beyond the horizon, it should say nothing is staked", async () => {
    for (const period of [100n, 2n ** 18n - 1n, 2n ** 18n, 2n ** 18n + 1n, 2n ** 40n, ethers.MaxUint256]) {
      expect(await world.vouches.supportAt(world.ben.id, period)).to.deep.equal([0n, 0n]);
    }
  });

  it("when the bits to shift by would wrap around to one, it should say nothing is staked", async () => {
    const period = (5n * 2n ** 256n + 1n) / 27n;
    expect(BigInt.asUintN(256, 27n * period), "27 bits a bucket").to.equal(1n);
    expect(await world.vouches.supportAt(world.ben.id, period)).to.deep.equal([0n, 0n]);
  });

  it("given an unknown identity, it should answer zeros", async () => {
    expect(await world.vouches.supportAt(UNKNOWN, 1)).to.deep.equal([0n, 0n]);
    expect(await world.vouches.supportOf(UNKNOWN)).to.deep.equal([0n, 0n]);
  });
});

import { expect } from "chai";
import {
  type Agent,
  burn,
  DAY,
  ethers,
  expectPoints,
  expectSums,
  grownWorld,
  loadFixture,
  nextBlockAt,
  retire,
  revoke,
  STANDING,
  startOf,
  suspend,
  time,
  UNKNOWN,
  vouch,
  type World,
  warn,
  withParameters,
} from "../utils/vouchWorld.ts";

describe("VouchRegistry > standingOf", () => {
  let world: World;
  let ada: Agent;
  let ben: Agent;
  let cleo: Agent;
  beforeEach(async () => {
    world = await loadFixture(grownWorld);
    ({ ada, ben, cleo } = world);
  });

  describe("given an identity registered now", () => {
    let newcomer: Agent;
    let born: bigint;
    beforeEach(async () => {
      await world.identities.connect(world.relayer)["register()"]();
      newcomer = { id: 7n, owner: world.relayer };
      born = BigInt(await time.latest());
    });

    it("should be nothing at first", async () => {
      await expectPoints(world, newcomer, { standing: 0n });
    });

    const checkInAt = async (moment: bigint) => {
      await nextBlockAt(moment);
      await world.identities.connect(newcomer.owner).pulse(newcomer.id, ethers.ZeroHash);
    };

    it("should be nothing without a check-in, however long it waits", async () => {
      await time.increaseTo(born + 500n * DAY);
      await expectPoints(world, newcomer, { standing: 0n });
    });

    it("should be a point where a check-in completes a unit, and not before", async () => {
      await checkInAt(born + DAY - 1n);
      await expectPoints(world, newcomer, { standing: 0n });
      await checkInAt(born + DAY);
      await expectPoints(world, newcomer, { standing: 1n });
      await checkInAt(born + 2n * DAY - 1n);
      await expectPoints(world, newcomer, { standing: 1n });
    });

    it("should lose what a silence is longer than it counts, and not grow between check-ins", async () => {
      await checkInAt(born + 50n * DAY);
      await expectPoints(world, newcomer, { standing: 30n });
      await time.increaseTo(born + 53n * DAY);
      await expectPoints(world, newcomer, { standing: 30n });
      await checkInAt(born + 53n * DAY + 60n);
      await expectPoints(world, newcomer, { standing: 33n });
    });

    it("should not exceed the cap", async () => {
      const capped = await withParameters(world, { cap: 20n });
      await checkInAt(born + 20n * DAY - 1n);
      await expectPoints(capped, newcomer, { standing: 19n });
      await checkInAt(born + 20n * DAY);
      await expectPoints(capped, newcomer, { standing: 20n });
      await checkInAt(born + 21n * DAY);
      await expectPoints(capped, newcomer, { standing: 20n });
    });
  });

  it("should count vouches and warnings as staked, tails included", async () => {
    await vouch(world, ada, ben, { stake: 5n, periods: 1n });
    await warn(world, ada, cleo, { stake: 7n, periods: 2n });
    await vouch(world, ada, world.dan, { stake: 9n, periods: 6n });
    await revoke(world, ada, world.dan);
    await expectPoints(world, ada, { staked: 21n });
    await time.increaseTo(startOf(2n));
    await expectPoints(world, ada, { staked: 12n });
    await time.increaseTo(startOf(3n));
    await expectPoints(world, ada, { staked: 7n });
    await time.increaseTo(startOf(4n));
    await expectPoints(world, ada, {});
  });

  it("should name burned points and scars", async () => {
    await vouch(world, ada, ben, { stake: 5n, arbiter: cleo });
    await burn(world, ada, ben, cleo, 2n);
    await expectPoints(world, ada, { standing: STANDING - 2n, staked: 3n, burned: 2n, scars: 1n });
  });

  it("given a suspended voucher, it should say the same, and its stakes should go on counting", async () => {
    await vouch(world, ada, ben, { stake: 5n });
    await suspend(world, ada);
    await expectPoints(world, ada, { staked: 5n });
    await expectSums(world, ben, 5n, 0n);
  });

  it("given a retired voucher, it should stay what it was, and its stakes should go on counting", async () => {
    await vouch(world, ada, ben, { stake: 5n });
    await retire(world, ada);
    await time.increase(20n * DAY);
    await expectPoints(world, ada, { staked: 5n });
    await expectSums(world, ben, 5n, 0n);
  });

  it("given a second registry over the same identities, each should count its own stakes, burns and scars", async () => {
    const second = await withParameters(world, { period: 30n * DAY });
    await vouch(world, ada, ben, { stake: STANDING, arbiter: cleo });
    await burn(world, ada, ben, cleo, 20n);
    await expectPoints(world, ada, { standing: 10n, staked: 10n, burned: 20n, scars: 1n });
    await expectPoints(second, ada, {});
    await vouch(second, ada, ben, { stake: STANDING });
    await expectSums(world, ben, 10n, 0n);
    await expectSums(second, ben, STANDING, 0n);
  });

  it("given an unknown identity, it should answer zeros", async () => {
    for (const id of [0n, UNKNOWN, ethers.MaxUint256]) {
      expect(await world.vouches.standingOf(id)).to.deep.equal([0n, 0n, 0n, 0n, 0n]);
    }
  });
});

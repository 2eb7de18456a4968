import { expect } from "chai";
import {
  type Agent,
  expectPoints,
  expectSums,
  grownWorld,
  loadFixture,
  nextBlockAt,
  renew,
  revoke,
  rotate,
  startOf,
  time,
  vouch,
  type World,
  warn,
} from "../utils/vouchWorld.ts";

/**
 * The registry asks for opposition only where the subject's ring is marked, and writes list and mark only where it
 * must. Whatever an ordered pair went through before, a warning has to be seen at once and to add no second node.
 */
describe("VouchRegistry > first and later warnings of a pair", () => {
  let world: World;
  let ada: Agent;
  let ben: Agent;
  let cleo: Agent;
  let period: bigint;
  beforeEach(async () => {
    world = await loadFixture(grownWorld);
    ({ ada, ben, cleo } = world);
    period = 0n;
  });

  /** The first second in which the pair is free again after a stake of one period. */
  async function afterTail(): Promise<void> {
    period += 3n;
    await time.increaseTo(startOf(period));
  }

  const vouchersOfBen = async () => (await world.vouches.vouchersOf(ben.id, 0, 10))[0].map((edge) => edge.voucherId);
  const subjectsOfAda = async () => (await world.vouches.vouchesBy(ada.id, 0, 10))[0].map((edge) => edge.subjectId);
  async function expectOneNode(): Promise<void> {
    expect(await vouchersOfBen()).to.deep.equal([ada.id]);
    expect(await subjectsOfAda()).to.deep.equal([ben.id]);
  }

  const histories: [string, ("vouch" | "warn")[]][] = [
    ["nothing", []],
    ["a vouch", ["vouch"]],
    ["a warning", ["warn"]],
    ["a warning and a warning", ["warn", "warn"]],
    ["a warning and a vouch", ["warn", "vouch"]],
    ["a vouch and a warning", ["vouch", "warn"]],
    ["a vouch, a warning and a vouch", ["vouch", "warn", "vouch"]],
  ];
  for (const [what, history] of histories) {
    describe(`given ${what} that ended`, () => {
      beforeEach(async () => {
        for (const step of history) {
          await (step === "vouch" ? vouch : warn)(world, ada, ben);
          await afterTail();
        }
      });

      it("when the voucher warns, it should be opposition at once, in one node of each list", async () => {
        await warn(world, ada, ben, { stake: 6n });
        await expectSums(world, ben, 0n, 6n);
        await expectOneNode();
      });

      it("when the voucher vouches, it should be support at once, in one node of each list", async () => {
        await vouch(world, ada, ben, { stake: 6n });
        await expectSums(world, ben, 6n, 0n);
        await expectOneNode();
      });

      it("when another warns too, both should count", async () => {
        await warn(world, ada, ben, { stake: 6n });
        await warn(world, cleo, ben, { stake: 4n });
        await expectSums(world, ben, 0n, 10n);
        expect(await vouchersOfBen()).to.deep.equal([cleo.id, ada.id]);
      });

      it("when it is warned and ends, opposition should be gone to the second", async () => {
        await warn(world, ada, ben, { stake: 6n });
        await time.increaseTo(startOf(period + 2n) - 1n);
        await expectSums(world, ben, 0n, 6n);
        await time.increaseTo(startOf(period + 2n));
        await expectSums(world, ben, 0n, 0n);
      });
    });
  }

  it("given a vouch and a warning by two vouchers, each sum should hold its own", async () => {
    await vouch(world, ada, ben, { stake: 6n });
    await warn(world, cleo, ben, { stake: 4n });
    await expectSums(world, ben, 6n, 4n);
    await revoke(world, cleo, ben);
    await expectSums(world, ben, 6n, 0n);
    await renew(world, ada, ben, 1n, 2n);
    await expectSums(world, ben, 7n, 0n);
  });

  it("given the mark was set under an earlier key, a warning should still be seen after a vouch for the new key", async () => {
    await warn(world, ada, ben, { stake: 6n, periods: 6n });
    await rotate(world, ben, world.spare[0]);
    await vouch(world, cleo, ben, { stake: 4n });
    await renew(world, ada, ben, 1n, 6n);
    await expectSums(world, ben, 4n, 7n);
    expect(await vouchersOfBen()).to.deep.equal([cleo.id, ada.id]);
  });

  it("given a first warning of a subject in a late period, support booked earlier should stay exact", async () => {
    await vouch(world, cleo, ben, { stake: 4n, periods: 6n });
    await nextBlockAt(startOf(5n));
    await world.vouches.connect(ada.owner).warn(ada.id, ben.id, 6, 6, 0, `0x${"00".repeat(32)}`, "");
    await expectSums(world, ben, 4n, 6n);
    await time.increaseTo(startOf(7n));
    await expectSums(world, ben, 0n, 6n);
    await time.increaseTo(startOf(12n));
    await expectSums(world, ben, 0n, 0n);
    await expectPoints(world, ada, { staked: 6n });
  });
});

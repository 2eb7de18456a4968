import { expect } from "chai";
import { EdgeState, packEdge, Stance } from "../utils/vouchEdge.ts";
import {
  type Agent,
  burn,
  disown,
  emits,
  expectPoints,
  expectSums,
  grownWorld,
  loadFixture,
  nextBlockAt,
  refused,
  resume,
  retire,
  revoke,
  rotate,
  Status,
  setWallet,
  startOf,
  suspend,
  time,
  UNKNOWN,
  VouchState,
  vouch,
  type World,
  warn,
} from "../utils/vouchWorld.ts";

describe("VouchRegistry > disown", () => {
  let world: World;
  let ada: Agent;
  let ben: Agent;
  let cleo: Agent;
  beforeEach(async () => {
    world = await loadFixture(grownWorld);
    ({ ada, ben, cleo } = world);
  });

  const isRefused = (sent: Promise<unknown>, error: string, ...args: unknown[]) =>
    refused(sent, world.vouches, error, ...args);

  describe("given a vouch of 10 points that ends with period 3", () => {
    let since: bigint;
    beforeEach(async () => {
      since = await vouch(world, ada, ben, { stake: 10n, periods: 3n, arbiter: cleo });
    });

    const edgeReleasedAfter = (releasePeriod: bigint) =>
      packEdge({
        stake: 10n,
        since,
        endPeriod: 3n,
        releasePeriod,
        stance: Stance.For,
        state: EdgeState.Disowned,
        subjectKeyEpoch: 0n,
        voucherKeyEpoch: 0n,
        arbiterId: cleo.id,
        nextVoucher: 0n,
        nextSubject: 0n,
        refused: 1n,
      });

    it("should emit Disowned with the whole edge, released after the next period", async () => {
      await emits(disown(world, ada, ben), world.vouches, "Disowned", ada.id, ben.id, edgeReleasedAfter(1n));
    });

    it("should stop counting at once, and still be there to see and to burn", async () => {
      await disown(world, ada, ben);
      await expectSums(world, ben, 0n, 0n);
      const edge = await world.vouches.vouchOf(ada.id, ben.id);
      expect([edge.state, edge.isActive, edge.isBurnable, edge.stake]).to.deep.equal([
        VouchState.Disowned,
        false,
        true,
        10n,
      ]);
    });

    it("should keep the voucher's stake locked to the last second of the next period, and no longer", async () => {
      await disown(world, ada, ben);
      await time.increaseTo(startOf(2n) - 1n);
      await expectPoints(world, ada, { staked: 10n });
      await time.increaseTo(startOf(2n));
      await expectPoints(world, ada, {});
    });

    it("given it is the last second of its last period, it should keep the tail as it was", async () => {
      await nextBlockAt(startOf(4n) - 1n);
      await emits(disown(world, ada, ben), world.vouches, "Disowned", ada.id, ben.id, edgeReleasedAfter(4n));
    });

    it("given it has ended, it should revert, from the first second on", async () => {
      await nextBlockAt(startOf(4n));
      await isRefused(disown(world, ada, ben), "VouchNotLive", ada.id, ben.id, VouchState.Ended);
    });

    it("given it was revoked, it should revert", async () => {
      await revoke(world, ada, ben);
      await isRefused(disown(world, ada, ben), "VouchNotLive", ada.id, ben.id, VouchState.Revoked);
    });

    it("given it was disowned before, it should revert", async () => {
      await disown(world, ada, ben);
      await isRefused(disown(world, ada, ben), "VouchNotLive", ada.id, ben.id, VouchState.Disowned);
    });

    it("given a part was burned, it should lock what is left", async () => {
      await burn(world, ada, ben, cleo, 4n);
      await disown(world, ada, ben);
      await expectSums(world, ben, 0n, 0n);
      await expectPoints(world, ada, { standing: 26n, staked: 6n, burned: 4n, scars: 1n });
    });

    it("given the subject is suspended, it should revert until it is resumed", async () => {
      await suspend(world, ben);
      await isRefused(disown(world, ada, ben), "NotActive", ben.id, Status.Suspended);
      await resume(world, ben);
      await disown(world, ada, ben);
    });

    it("given the subject is retired, it should revert", async () => {
      await retire(world, ben);
      await isRefused(disown(world, ada, ben), "NotActive", ben.id, Status.Retired);
    });

    it("given the voucher is suspended, it should still be disowned", async () => {
      await suspend(world, ada);
      await disown(world, ada, ben);
      await expectSums(world, ben, 0n, 0n);
    });

    it("given the voucher is retired, it should still be disowned", async () => {
      await retire(world, ada);
      await disown(world, ada, ben);
      await expectSums(world, ben, 0n, 0n);
    });

    it("given the subject's key changed, it should be disowned by the new key and not by the old one", async () => {
      const rekeyed = await rotate(world, ben, world.spare[0]);
      await isRefused(disown(world, ada, ben), "NotOwner", ben.id, ben.owner.address);
      await disown(world, ada, rekeyed);
      expect((await world.vouches.vouchOf(ada.id, ben.id)).state).to.equal(VouchState.Disowned);
    });

    it("when a stranger, the voucher, the arbiter or the subject's wallet calls, it should revert", async () => {
      await setWallet(world, ben, world.spare[1]);
      for (const caller of [world.relayer, ada.owner, cleo.owner, world.spare[1]]) {
        const sent = world.vouches.connect(caller).disown(ada.id, ben.id);
        await isRefused(sent, "NotOwner", ben.id, caller.address);
      }
    });
  });

  it("given a live warning, it should revert and the warning should go on counting", async () => {
    await warn(world, ada, ben);
    await isRefused(disown(world, ada, ben), "WarningNotDisownable", ada.id, ben.id);
    await expectSums(world, ben, 0n, 10n);
  });

  it("given an ended warning, it should revert for being a warning", async () => {
    await warn(world, ada, ben);
    await nextBlockAt(startOf(2n));
    await isRefused(disown(world, ada, ben), "WarningNotDisownable", ada.id, ben.id);
  });

  it("given no edge of the pair, it should revert", async () => {
    await isRefused(disown(world, ada, ben), "VouchNotFound", ada.id, ben.id);
  });

  it("given an unknown voucher, it should revert for want of an edge", async () => {
    const sent = world.vouches.connect(ben.owner).disown(UNKNOWN, ben.id);
    await isRefused(sent, "VouchNotFound", UNKNOWN, ben.id);
  });

  it("given an unknown subject, it should revert", async () => {
    await isRefused(world.vouches.disown(ada.id, UNKNOWN), "UnknownIdentity", UNKNOWN);
  });
});

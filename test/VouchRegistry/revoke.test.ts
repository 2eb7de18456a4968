import { expect } from "chai";
import { EdgeState, packEdge, Stance } from "../utils/vouchEdge.ts";
import { revokingFunctions } from "../utils/vouchTwins.ts";
import {
  type Agent,
  burn,
  disown,
  emits,
  expectPoints,
  expectSums,
  grownWorld,
  loadFixture,
  networkHelpers,
  nextBlockAt,
  RECOVERY_DELAY,
  refused,
  retire,
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

for (const fn of revokingFunctions) {
  describe(`VouchRegistry > ${fn.name}`, () => {
    let world: World;
    let ada: Agent;
    let ben: Agent;
    let cleo: Agent;
    beforeEach(async () => {
      world = await loadFixture(grownWorld);
      ({ ada, ben, cleo } = world);
    });

    const revoke = (actor = ada.owner) => fn.revoke(world, ada.id, ben.id, actor);
    const isRefused = (sent: Promise<unknown>, error: string, ...args: unknown[]) =>
      refused(sent, world.vouches, error, ...args);
    const stateOf = async () => (await world.vouches.vouchOf(ada.id, ben.id)).state;

    for (const stance of [Stance.For, Stance.Against]) {
      const isFor = stance === Stance.For;
      const make = isFor ? vouch : warn;
      const expectStaked = (stake: bigint) => expectSums(world, ben, isFor ? stake : 0n, isFor ? 0n : stake);

      describe(`given a ${isFor ? "vouch" : "warning"} of 10 points that ends with period 3`, () => {
        beforeEach(async () => {
          await make(world, ada, ben, { stake: 10n, periods: 3n, arbiter: cleo });
        });

        const edgeReleasedAfter = (releasePeriod: bigint, at: bigint) =>
          packEdge({
            stake: 10n,
            since: at,
            endPeriod: 3n,
            releasePeriod,
            stance,
            state: EdgeState.Revoked,
            subjectKeyEpoch: 0n,
            voucherKeyEpoch: 0n,
            arbiterId: cleo.id,
            nextVoucher: 0n,
            nextSubject: 0n,
            refused: 0n,
          });

        it("should emit Revoked with the whole edge, of this date, released after the next period", async () => {
          const at = await nextBlockAt();
          await emits(revoke(), world.vouches, "Revoked", ada.id, ben.id, edgeReleasedAfter(1n, at));
          expect((await world.vouches.vouchOf(ada.id, ben.id)).since).to.equal(at);
        });

        it("should stop counting at once, and still be there to see", async () => {
          await revoke();
          await expectStaked(0n);
          const edge = await world.vouches.vouchOf(ada.id, ben.id);
          expect([edge.state, edge.isActive, edge.isBurnable, edge.stake]).to.deep.equal([
            VouchState.Revoked,
            false,
            true,
            10n,
          ]);
        });

        it("should leave the stakes of others alone", async () => {
          await make(world, world.dan, ben, { stake: 4n, periods: 3n });
          await make(world, ada, world.eve, { stake: 5n, periods: 3n });
          await revoke();
          await expectStaked(4n);
          await expectPoints(world, ada, { staked: 15n });
        });

        it("should keep the stake locked to the last second of the next period, and no longer", async () => {
          await revoke();
          await time.increaseTo(startOf(2n) - 1n);
          await expectPoints(world, ada, { staked: 10n });
          await time.increaseTo(startOf(2n));
          await expectPoints(world, ada, {});
          expect((await world.vouches.vouchOf(ada.id, ben.id)).isBurnable).to.equal(false);
        });

        it("given it is the last second of its last period, it should keep the tail as it was", async () => {
          const at = await nextBlockAt(startOf(4n) - 1n);
          await emits(revoke(), world.vouches, "Revoked", ada.id, ben.id, edgeReleasedAfter(4n, at));
          await time.increaseTo(startOf(5n) - 1n);
          await expectPoints(world, ada, { staked: 10n });
          await time.increaseTo(startOf(5n));
          await expectPoints(world, ada, {});
        });

        it("given it has ended, it should revert, from the first second on", async () => {
          await nextBlockAt(startOf(4n));
          await isRefused(revoke(), "VouchNotLive", ada.id, ben.id, VouchState.Ended);
        });

        it("given it is released, it should revert", async () => {
          await nextBlockAt(startOf(5n));
          await isRefused(revoke(), "VouchNotLive", ada.id, ben.id, VouchState.Ended);
        });

        it("given it was revoked before, it should revert", async () => {
          await revoke();
          await isRefused(revoke(), "VouchNotLive", ada.id, ben.id, VouchState.Revoked);
        });

        it("given a part was burned, it should lock what is left", async () => {
          await burn(world, ada, ben, cleo, 4n);
          await revoke();
          await expectStaked(0n);
          await expectPoints(world, ada, { standing: 26n, staked: 6n, burned: 4n, scars: 1n });
        });

        it("given all was burned, it should be taken, and make way for another arbiter before its end", async () => {
          await burn(world, ada, ben, cleo, 10n);
          await world.identities.connect(cleo.owner).setArbitration(cleo.id, false);
          await revoke();
          expect(await stateOf()).to.equal(VouchState.Revoked);
          await make(world, ada, ben, { stake: 5n, arbiter: world.dan });
          await expectStaked(5n);
        });

        it("given all was burned and it has ended, it should revert and name that state", async () => {
          await burn(world, ada, ben, cleo, 10n);
          await nextBlockAt(startOf(4n));
          await isRefused(revoke(), "VouchNotLive", ada.id, ben.id, VouchState.Burned);
        });

        it("given the voucher is suspended, it should still be revoked", async () => {
          await suspend(world, ada);
          await revoke();
          expect(await stateOf()).to.equal(VouchState.Revoked);
          await expectStaked(0n);
        });

        it("given the voucher is retired, it should revert", async () => {
          await retire(world, ada);
          await isRefused(revoke(), "NotActive", ada.id, Status.Retired);
        });

        it("given the subject is suspended, it should still be revoked", async () => {
          await suspend(world, ben);
          await revoke();
          await expectStaked(0n);
        });

        it("given the subject is retired, it should still be revoked", async () => {
          await retire(world, ben);
          await revoke();
          await expectStaked(0n);
        });

        it("given the subject's key changed, it should still be revoked", async () => {
          await rotate(world, ben, world.spare[0]);
          await revoke();
          expect(await stateOf()).to.equal(VouchState.Revoked);
          await expectStaked(0n);
        });

        it("given the voucher's key changed, it should be revoked by the new key and not by the old one", async () => {
          const rekeyed = await rotate(world, ada, world.spare[0]);
          await isRefused(revoke(), ...fn.refusal(rekeyed, ada.owner));
          await revoke(rekeyed.owner);
          await expectStaked(0n);
        });

        it("when a stranger, the subject, the arbiter or the voucher's wallet acts, it should revert", async () => {
          await setWallet(world, ada, world.spare[1]);
          for (const actor of [world.relayer, ben.owner, cleo.owner, world.spare[1]]) {
            await isRefused(revoke(actor), ...fn.refusal(ada, actor));
          }
        });
      });
    }

    it("given a disowned vouch, it should revert", async () => {
      await vouch(world, ada, ben);
      await disown(world, ada, ben);
      await isRefused(revoke(), "VouchNotLive", ada.id, ben.id, VouchState.Disowned);
    });

    it("given no edge of the pair, it should revert", async () => {
      await isRefused(revoke(), "VouchNotFound", ada.id, ben.id);
    });

    it("given an unknown subject, it should revert for want of an edge", async () => {
      await isRefused(fn.revoke(world, ada.id, UNKNOWN, ada.owner), "VouchNotFound", ada.id, UNKNOWN);
    });

    it("given an unknown voucher, it should revert", async () => {
      await isRefused(fn.revoke(world, UNKNOWN, ben.id, ada.owner), "UnknownIdentity", UNKNOWN);
    });
  });
}

describe("VouchRegistry > revoke, by a stranger", () => {
  it("given the voucher is suspended, who may still revoke, should say that the sender is not the owner", async () => {
    const world = await loadFixture(grownWorld);
    const { ada, ben, dan, vouches } = world;
    await vouch(world, ada, ben);
    await suspend(world, ada);
    const sent = vouches.connect(dan.owner).revoke(ada.id, ben.id);
    await refused(sent, vouches, "NotOwner", ada.id, dan.owner.address);
  });
});

describe("VouchRegistry > revoke, by the voucher's guardian", () => {
  let world: World;
  let ada: Agent;
  let ben: Agent;
  const guardian = () => world.spare[0];
  const revoke = (voucherId = ada.id) => world.vouches.connect(guardian()).revoke(voucherId, ben.id);
  const isRefused = (sent: Promise<unknown>, error: string, ...args: unknown[]) =>
    refused(sent, world.vouches, error, ...args);
  beforeEach(async () => {
    world = await loadFixture(grownWorld);
    ({ ada, ben } = world);
    await world.identities.connect(ada.owner).setGuardian(ada.id, guardian());
  });

  for (const make of [vouch, warn]) {
    it(`given a ${make === vouch ? "vouch" : "warning"}, should work while the voucher is suspended, and not before or after`, async () => {
      await make(world, ada, ben, { periods: 3n });
      await isRefused(revoke(), "NotOwner", ada.id, guardian().address);
      await world.identities.connect(guardian()).suspend(ada.id);
      const snapshot = await networkHelpers.takeSnapshot();
      const since = await nextBlockAt();
      const edge = packEdge({
        stake: 10n,
        since,
        endPeriod: 3n,
        releasePeriod: 1n,
        stance: make === vouch ? Stance.For : Stance.Against,
        state: EdgeState.Revoked,
        subjectKeyEpoch: 0n,
        voucherKeyEpoch: 0n,
        arbiterId: 0n,
        nextVoucher: 0n,
        nextSubject: 0n,
        refused: 0n,
      });
      await emits(revoke(), world.vouches, "Revoked", ada.id, ben.id, edge);
      await expectSums(world, ben, 0n, 0n);
      await isRefused(revoke(), "VouchNotLive", ada.id, ben.id, VouchState.Revoked);
      await snapshot.restore();
      await world.identities.connect(guardian()).resume(ada.id);
      await isRefused(revoke(), "NotOwner", ada.id, guardian().address);
    });
  }

  it("should be closed to the guardian of the subject, of the arbiter and of another voucher", async () => {
    await vouch(world, world.cleo, ben, { arbiter: world.dan });
    for (const agent of [ben, world.dan]) {
      await world.identities.connect(agent.owner).setGuardian(agent.id, guardian());
      await suspend(world, agent);
    }
    await suspend(world, ada);
    await suspend(world, world.cleo);
    await isRefused(revoke(world.cleo.id), "NotOwner", world.cleo.id, guardian().address);
  });

  it("should be closed to one who is guardian no more, and open to the next", async () => {
    await vouch(world, ada, ben);
    const as = world.identities.connect(ada.owner);
    await world.identities.connect(guardian()).suspend(ada.id);
    await as.setGuardian(ada.id, world.spare[1]);
    await time.increase(RECOVERY_DELAY);
    await revoke(); // still the owner, until it is completed
    await vouch(world, world.dan, ben);
    await as.setGuardian(ada.id, world.spare[1]);
    await isRefused(revoke(), "NotOwner", ada.id, guardian().address);
    const next = world.vouches.connect(world.spare[1]).revoke(ada.id, ben.id);
    await isRefused(next, "VouchNotLive", ada.id, ben.id, VouchState.Revoked);
  });

  it("should revoke by nobody's signature but the owner's", async () => {
    await vouch(world, ada, ben);
    await world.identities.connect(guardian()).suspend(ada.id);
    const fn = revokingFunctions.find(({ name }) => name === "revokeFor");
    const sent = fn?.revoke(world, ada.id, ben.id, guardian()) ?? Promise.resolve();
    await isRefused(sent, "InvalidSignature", ada.owner.address);
  });

  it("given the voucher retired, or is unknown, should say so", async () => {
    await isRefused(revoke(UNKNOWN), "UnknownIdentity", UNKNOWN);
    await vouch(world, world.cleo, ben);
    await retire(world, world.cleo);
    await isRefused(revoke(world.cleo.id), "NotActive", world.cleo.id, Status.Retired);
  });

  it("given a recovery meanwhile, should work until the guardian resumes, as it does for the next key", async () => {
    await vouch(world, ada, ben);
    await vouch(world, ada, world.cleo);
    const [, candidate] = world.spare;
    const as = world.identities.connect(guardian());
    await as.suspend(ada.id);
    await as.proposeRecovery(ada.id, candidate);
    await time.increase(RECOVERY_DELAY);
    await world.identities.connect(candidate).claimRecovery(ada.id);
    await revoke();
    await world.vouches.connect(candidate).revoke(ada.id, world.cleo.id);
    await expectSums(world, world.cleo, 0n, 0n);
  });
});

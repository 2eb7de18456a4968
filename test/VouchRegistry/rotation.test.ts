import { expect } from "chai";
import { EdgeState, packEdge, Stance } from "../utils/vouchEdge.ts";
import {
  type Agent,
  burn,
  disown,
  emits,
  ethers,
  expectPoints,
  expectSums,
  grownWorld,
  loadFixture,
  nextBlockAt,
  RECOVERY_DELAY,
  refused,
  renew,
  revoke,
  rotate,
  STANDING,
  startOf,
  time,
  VouchState,
  vouch,
  type World,
  warn,
} from "../utils/vouchWorld.ts";

describe("VouchRegistry > key rotation of the subject", () => {
  let world: World;
  let ada: Agent;
  let ben: Agent;
  let cleo: Agent;
  let dan: Agent;
  let eve: Agent;
  beforeEach(async () => {
    world = await loadFixture(grownWorld);
    ({ ada, ben, cleo, dan, eve } = world);
  });

  const stateOf = async (from: Agent) => {
    const edge = await world.vouches.vouchOf(from.id, ben.id);
    return [edge.state, edge.isActive];
  };

  describe("given a vouch for the second key", () => {
    let second: Agent;
    beforeEach(async () => {
      second = await rotate(world, ben, world.spare[0]);
      await vouch(world, ada, second, { stake: 10n, periods: 3n, arbiter: cleo });
      await vouch(world, dan, second, { stake: 4n, periods: 3n });
    });

    const ends: [string, () => Promise<unknown>, bigint][] = [
      ["revoked", () => revoke(world, ada, ben), 4n],
      ["disowned", () => disown(world, ada, second), 4n],
      ["burned in part", () => burn(world, ada, ben, cleo, 7n), 7n],
      ["renewed with more", () => renew(world, ada, ben, 5n, 3n), 19n],
    ];
    for (const [name, act, left] of ends) {
      it(`should count the rest once it is ${name}`, async () => {
        await act();
        await expectSums(world, ben, left, 0n);
      });
    }
  });

  describe("given a vouch by ada and one by dan", () => {
    let since: bigint;
    beforeEach(async () => {
      since = await vouch(world, ada, ben, { stake: 10n, periods: 3n, arbiter: cleo });
      await vouch(world, dan, ben, { stake: 4n, periods: 3n, arbiter: cleo });
    });

    it("should start support from zero, with the stakes still locked", async () => {
      await rotate(world, ben, world.spare[0]);
      await expectSums(world, ben, 0n, 0n);
      expect(await world.vouches.supportAt(ben.id, 1)).to.deep.equal([0n, 0n]);
      expect(await stateOf(ada)).to.deep.equal([VouchState.Lapsed, false]);
      await expectPoints(world, ada, { staked: 10n });
    });

    it("should do so by a recovery of the guardian too", async () => {
      const [candidate, guardian] = world.spare;
      await world.identities.connect(ben.owner).setGuardian(ben.id, guardian);
      await world.identities.connect(guardian).proposeRecovery(ben.id, candidate);
      await time.increase(RECOVERY_DELAY);
      await world.identities.connect(candidate).claimRecovery(ben.id);
      await expectSums(world, ben, 0n, 0n);
      expect(await stateOf(ada)).to.deep.equal([VouchState.Lapsed, false]);
    });

    it("should count a vouch again when it is renewed, with the new epoch and nothing else changed", async () => {
      await rotate(world, ben, world.spare[0]);
      const edge = packEdge({
        stake: 10n,
        since,
        endPeriod: 3n,
        releasePeriod: 4n,
        stance: Stance.For,
        state: EdgeState.Live,
        subjectKeyEpoch: 1n,
        voucherKeyEpoch: 0n,
        arbiterId: cleo.id,
        nextVoucher: 0n,
        nextSubject: 0n,
        refused: 0n,
      });
      await emits(renew(world, ada, ben, 0n, 3n), world.vouches, "Renewed", ada.id, ben.id, edge);
      expect(await stateOf(ada)).to.deep.equal([VouchState.Active, true]);
      await expectSums(world, ben, 10n, 0n);
      await expectPoints(world, ada, { staked: 10n });
    });

    it("should leave the others lapsed when one is renewed", async () => {
      await rotate(world, ben, world.spare[0]);
      await renew(world, ada, ben, 0n, 3n);
      expect(await stateOf(dan)).to.deep.equal([VouchState.Lapsed, false]);
      await expectSums(world, ben, 10n, 0n);
      await renew(world, dan, ben, 0n, 3n);
      await expectSums(world, ben, 14n, 0n);
    });

    it("should not shorten when it is renewed", async () => {
      await rotate(world, ben, world.spare[0]);
      await refused(renew(world, ada, ben, 0n, 2n), world.vouches, "RenewalShortens", 3n, 2n);
    });

    it("should count a new vouch for the new key from zero", async () => {
      await rotate(world, ben, world.spare[0]);
      await vouch(world, eve, ben, { stake: 5n });
      await expectSums(world, ben, 5n, 0n);
    });

    it("should lapse again at the next rotation, and count again when renewed", async () => {
      const second = await rotate(world, ben, world.spare[0]);
      await renew(world, ada, ben, 0n, 3n);
      await rotate(world, second, world.spare[1]);
      await expectSums(world, ben, 0n, 0n);
      expect(await stateOf(ada)).to.deep.equal([VouchState.Lapsed, false]);
      await renew(world, ada, ben, 1n, 3n);
      await renew(world, dan, ben, 0n, 3n);
      await expectSums(world, ben, 15n, 0n);
    });

    it("should forbid a second vouch while the lapsed one is locked", async () => {
      await rotate(world, ben, world.spare[0]);
      const again = world.vouches.connect(ada.owner).vouch(ada.id, ben.id, 1, 1, 0, `0x${"00".repeat(32)}`, "");
      await refused(again, world.vouches, "VouchExists", ada.id, ben.id, 4n);
    });

    it("should end a lapsed vouch with its last period", async () => {
      await rotate(world, ben, world.spare[0]);
      await time.increaseTo(startOf(4n) - 1n);
      expect(await stateOf(ada)).to.deep.equal([VouchState.Lapsed, false]);
      await time.increaseTo(startOf(4n));
      expect(await stateOf(ada)).to.deep.equal([VouchState.Ended, false]);
    });

    it("should affirm it late, in the tail, and not after", async () => {
      await rotate(world, ben, world.spare[0]);
      await nextBlockAt(startOf(5n) - 1n);
      await renew(world, ada, ben, 0n, 1n);
      await expectSums(world, ben, 10n, 0n);
      await nextBlockAt(startOf(5n));
      await refused(renew(world, dan, ben, 0n, 1n), world.vouches, "VouchReleased", dan.id, ben.id, 4n);
    });

    /** Whether the ring was emptied for the new key or still holds the stakes for the old one. */
    const rings: [string, () => Promise<unknown>, bigint][] = [
      ["before anybody vouched for the new key", async () => {}, 0n],
      ["after somebody vouched for the new key", () => vouch(world, eve, ben, { stake: 1n, periods: 3n }), 1n],
    ];
    for (const [when, prepare, held] of rings) {
      describe(when, () => {
        beforeEach(async () => {
          await rotate(world, ben, world.spare[0]);
          await prepare();
        });

        it("should revoke a lapsed vouch without touching the sum", async () => {
          await revoke(world, ada, ben);
          await expectSums(world, ben, held, 0n);
          expect(await stateOf(ada)).to.deep.equal([VouchState.Revoked, false]);
          await expectPoints(world, ada, { staked: 10n });
        });

        it("should disown a lapsed vouch without touching the sum", async () => {
          await disown(world, ada, { id: ben.id, owner: world.spare[0] });
          await expectSums(world, ben, held, 0n);
          expect(await stateOf(ada)).to.deep.equal([VouchState.Disowned, false]);
        });

        it("should burn a lapsed vouch without touching the sum", async () => {
          await burn(world, ada, ben, cleo, 7n);
          await expectSums(world, ben, held, 0n);
          await expectPoints(world, ada, { standing: STANDING - 7n, staked: 3n, burned: 7n, scars: 1n });
        });

        it("should count what is left of a lapsed vouch that was burned and then renewed", async () => {
          await burn(world, ada, ben, cleo, 7n);
          await renew(world, ada, ben, 0n, 3n);
          await expectSums(world, ben, 3n + held, 0n);
        });

        it("should keep the sum exact through every later period", async () => {
          await revoke(world, ada, ben);
          await renew(world, dan, ben, 0n, 4n);
          await expectSums(world, ben, 4n + held, 0n);
          await time.increaseTo(startOf(4n));
          await expectSums(world, ben, 4n, 0n);
          await time.increaseTo(startOf(5n));
          await expectSums(world, ben, 0n, 0n);
        });
      });
    }
  });

  describe("given a warning", () => {
    beforeEach(async () => {
      await warn(world, ada, ben, { stake: 10n, periods: 3n, arbiter: cleo });
    });

    it("should go on counting, active, under the new key", async () => {
      await rotate(world, ben, world.spare[0]);
      await expectSums(world, ben, 0n, 10n);
      expect(await stateOf(ada)).to.deep.equal([VouchState.Active, true]);
    });

    it("should go on counting after somebody vouched for the new key", async () => {
      await rotate(world, ben, world.spare[0]);
      await vouch(world, dan, ben, { stake: 4n });
      await expectSums(world, ben, 4n, 10n);
    });

    it("should be revoked under the new key", async () => {
      await rotate(world, ben, world.spare[0]);
      await revoke(world, ada, ben);
      await expectSums(world, ben, 0n, 0n);
    });

    it("should be burned under the new key", async () => {
      await rotate(world, ben, world.spare[0]);
      await burn(world, ada, ben, cleo, 4n);
      await expectSums(world, ben, 0n, 6n);
    });

    it("should be raised under the new key", async () => {
      await rotate(world, ben, world.spare[0]);
      await renew(world, ada, ben, 2n, 3n);
      await expectSums(world, ben, 0n, 12n);
    });

    it("should leave the warnings of others alone when it is raised under the new key", async () => {
      await warn(world, dan, ben, { stake: 4n, periods: 3n });
      await rotate(world, ben, world.spare[0]);
      await renew(world, ada, ben, 2n, 3n);
      await expectSums(world, ben, 0n, 16n);
    });

    it("should add up with a warning made under the new key", async () => {
      await rotate(world, ben, world.spare[0]);
      await warn(world, dan, ben, { stake: 4n });
      await expectSums(world, ben, 0n, 14n);
    });
  });
});

describe("VouchRegistry > key rotation of the voucher", () => {
  let world: World;
  beforeEach(async () => {
    world = await loadFixture(grownWorld);
  });

  it("should leave the vouch counting, and say that the voucher was rekeyed", async () => {
    const { ada, ben } = world;
    await vouch(world, ada, ben, { stake: 10n });
    await rotate(world, ada, world.spare[0]);
    await expectSums(world, ben, 10n, 0n);
    const edge = await world.vouches.vouchOf(ada.id, ben.id);
    expect([edge.isActive, edge.voucherRekeyed, edge.voucherKeyEpoch]).to.deep.equal([true, true, 0n]);
  });

  it("should leave the support of the voucher itself lapsed, one identity's rotation having no say in the other's", async () => {
    const { ada, ben, cleo } = world;
    await vouch(world, cleo, ada, { stake: 3n });
    await vouch(world, ada, ben, { stake: 10n });
    await rotate(world, ada, world.spare[0]);
    await expectSums(world, ada, 0n, 0n);
    await expectSums(world, ben, 10n, 0n);
  });
});

describe("VouchRegistry > key rotations of both", () => {
  it("each renewal, and each edge made anew, should note the key epochs of that moment in place of those before", async () => {
    const world = await loadFixture(grownWorld);
    const keys = (await ethers.getSigners()).slice(7);
    const turn = (agent: Agent) => rotate(world, agent, keys.shift() as Agent["owner"]);
    let [voucher, subject] = [world.ada, await turn(world.ben)];
    const terms = { stake: 10n, periods: 2n };
    await vouch(world, voucher, subject, terms);
    const affirm = () => renew(world, voucher, subject, 0n, 2n);
    const steps = [
      affirm,
      affirm,
      () => warn(world, voucher, subject, terms),
      () => vouch(world, voucher, subject, terms),
    ];
    const seen: unknown[] = [];
    for (const step of [...steps, affirm]) {
      [voucher, subject] = [await turn(voucher), await turn(subject)];
      await step();
      const { voucherKeyEpoch, subjectKeyEpoch } = await world.vouches.vouchOf(voucher.id, subject.id);
      seen.push([voucherKeyEpoch, subjectKeyEpoch]);
    }
    expect(seen).to.deep.equal([1n, 2n, 3n, 4n, 5n].map((epoch) => [epoch, epoch + 1n]));
  });
});

import { expect } from "chai";
import { bindingOf, sendOffer, signOffer } from "../utils/vouchSignatures.ts";
import { offerOf } from "../utils/vouchTwins.ts";
import {
  type Agent,
  burn,
  disown,
  expectPoints,
  expectSums,
  grownWorld,
  loadFixture,
  PERIOD,
  RECOVERY_DELAY,
  refused,
  renew,
  revoke,
  rotate,
  STANDING,
  Status,
  startOf,
  time,
  VouchState,
  vouch,
  type World,
  warn,
} from "../utils/vouchWorld.ts";

/**
 * Ben's key is stolen; ben has a guardian. Ada vouches for ben, dan too; ben has vouched for cleo, and is the arbiter of
 * a vouch by eve.
 */
async function robbed(): Promise<World & { guardian: World["relayer"] }> {
  const world = await loadFixture(grownWorld);
  const { ada, ben, cleo, dan, eve, finn, spare } = world;
  const [, , guardian] = spare;
  await world.identities.connect(ben.owner).setGuardian(ben.id, guardian);
  await vouch(world, ada, ben, { stake: 4n, periods: 3n });
  await vouch(world, dan, ben, { stake: 6n, periods: 3n });
  await vouch(world, ben, cleo, { periods: 3n });
  await vouch(world, eve, finn, { periods: 3n, arbiter: ben });
  return { ...world, guardian };
}

describe("VouchRegistry > a stolen key", () => {
  let world: Awaited<ReturnType<typeof robbed>>;
  let ada: Agent;
  /** Owner and thief have the same key. */
  let ben: Agent;
  let cleo: Agent;
  let eve: Agent;
  let finn: Agent;
  beforeEach(async () => {
    world = await loadFixture(robbed);
    ({ ada, ben, cleo, eve, finn } = world);
  });

  /** Everything that the thief does before anybody notices. */
  async function plunder(): Promise<void> {
    await burn(world, eve, finn, ben, 7n);
    await disown(world, ada, ben);
    await revoke(world, ben, cleo);
    await warn(world, ben, world.dan, { stake: 20n, periods: 6n });
  }

  /** The guardian suspends, and recovers the identity to a new key. */
  async function recover(): Promise<Agent> {
    const [next] = world.spare;
    await world.identities.connect(world.guardian).suspend(ben.id);
    await world.identities.connect(world.guardian).proposeRecovery(ben.id, next);
    await time.increase(RECOVERY_DELAY);
    await world.identities.connect(next).claimRecovery(ben.id);
    await world.identities.connect(world.guardian).resume(ben.id);
    return { id: ben.id, owner: next };
  }

  it("until the suspension, the thief should stake, revoke, disown and burn as the owner does", async () => {
    await plunder();
    await expectPoints(world, eve, { standing: STANDING - 7n, staked: 3n, burned: 7n, scars: 1n });
    await expectSums(world, ben, 6n, 0n);
    await expectSums(world, cleo, 0n, 0n);
    await expectSums(world, world.dan, 0n, 20n);
  });

  it("given the guardian suspended, the thief should revoke, and do nothing else", async () => {
    await world.identities.connect(world.guardian).suspend(ben.id);
    const deadline = (1n << 40n) - 1n;
    const offer = offerOf(ben, world.dan);
    const binding = await bindingOf(world, offer);
    const signed = (kind: "Vouch" | "Warn") => signOffer(kind, ben.owner, offer, binding, deadline);
    const [aVouch, aWarning] = [await signed("Vouch"), await signed("Warn")];
    const attempts = [
      () => vouch(world, ben, world.dan),
      () => warn(world, ben, world.dan),
      () => sendOffer(world.vouches, "Vouch", offer, binding, deadline, aVouch),
      () => sendOffer(world.vouches, "Warn", offer, binding, deadline, aWarning),
      () => renew(world, ben, cleo, 1n, 4n),
      () => disown(world, ada, ben),
      () => burn(world, eve, finn, ben, 1n),
    ];
    for (const attempt of attempts) {
      await refused(attempt(), world.vouches, "NotActive", ben.id, Status.Suspended);
    }
    await revoke(world, ben, cleo);
    await expectSums(world, cleo, 0n, 0n);
  });

  it("given the guardian recovered it, the thief's key should do nothing, nor what the thief had signed with it", async () => {
    const deadline = (1n << 40n) - 1n;
    const offer = offerOf(ben, world.dan);
    const binding = await bindingOf(world, offer);
    const signature = await signOffer("Warn", ben.owner, offer, binding, deadline);
    const recovered = await recover();
    const thief = ben.owner.address;
    for (const attempt of [
      () => vouch(world, ben, world.dan),
      () => renew(world, ben, cleo, 1n, 4n),
      () => revoke(world, ben, cleo),
      () => disown(world, ada, ben),
      () => burn(world, eve, finn, ben, 1n),
    ]) {
      await refused(attempt(), world.vouches, "NotOwner", ben.id, thief);
    }
    const sent = sendOffer(world.vouches, "Warn", offer, binding, deadline, signature);
    await refused(sent, world.vouches, "InvalidSignature", recovered.owner.address);
  });

  describe("given the guardian recovered it after the thief had done all that the key can do", () => {
    let recovered: Agent;
    beforeEach(async () => {
      await plunder();
      recovered = await recover();
    });

    it("what the thief burned should stay burned, and the scar too", async () => {
      await expectPoints(world, eve, { standing: STANDING - 7n, staked: 3n, burned: 7n, scars: 1n });
      await time.increase(10n * PERIOD);
      await expectPoints(world, eve, { standing: STANDING - 7n, burned: 7n, scars: 1n });
    });

    it("what the thief staked should go on counting until the next key revokes it, and stay locked for its tail", async () => {
      await expectSums(world, world.dan, 0n, 20n);
      await revoke(world, recovered, world.dan);
      await expectSums(world, world.dan, 0n, 0n);
      const [, staked] = await world.vouches.standingOf(ben.id);
      expect(staked).to.equal(30n); // the thief's warning, and the vouch for cleo that the thief revoked
    });

    it("who was disowned should vouch again after the tail, and not before", async () => {
      await refused(renew(world, ada, ben, 1n, 3n), world.vouches, "VouchNotLive", ada.id, ben.id, VouchState.Disowned);
      await time.increaseTo(startOf(2n) - 2n); // disowned in period 0
      await refused(vouch(world, ada, recovered), world.vouches, "VouchRefused", ada.id, ben.id, 1n);
      await time.increaseTo(startOf(2n) - 1n);
      await vouch(world, ada, recovered, { stake: 4n });
      await expectSums(world, ben, 4n, 0n);
    });

    it("nobody else's vouch should count before its voucher affirms it for the next key", async () => {
      await expectSums(world, ben, 0n, 0n);
      await renew(world, world.dan, ben, 0n, 3n);
      await expectSums(world, ben, 6n, 0n);
    });
  });

  it("given a guardian that suspends and then forgets, the thief should put another in its place, and resume", async () => {
    const { identities, guardian, relayer } = world;
    const as = identities.connect(ben.owner);
    await identities.connect(guardian).suspend(ben.id);
    await as.setGuardian(ben.id, relayer);
    await refused(as.resume(ben.id), identities, "NotGuardian", ben.id, ben.owner.address);
    await time.increase(RECOVERY_DELAY);
    await as.setGuardian(ben.id, relayer);
    await identities.connect(relayer).resume(ben.id);
    await warn(world, ben, world.dan);
    const late = identities.connect(guardian).suspend(ben.id);
    await refused(late, identities, "NotAuthorized", ben.id, guardian.address);
  });

  it("given no guardian, a thief who makes a key of theirs the guardian should take it back from the owner who rotated away", async () => {
    const { identities, relayer: thief } = world;
    const [saved, loot] = world.spare;
    await identities.connect(finn.owner).setGuardian(finn.id, thief);
    const rekeyed = await rotate(world, finn, saved);
    expect((await identities.identityOf(finn.id)).guardian).to.equal(thief.address);
    await identities.connect(saved).setGuardian(finn.id, ada.owner);
    await identities.connect(thief).proposeRecovery(finn.id, loot);
    const attempt = identities.connect(saved).setGuardian(finn.id, ada.owner);
    await refused(attempt, identities, "RecoveryPending", finn.id, loot.address);
    await time.increase(RECOVERY_DELAY);
    await identities.connect(loot).claimRecovery(finn.id);
    await refused(vouch(world, rekeyed, ada), world.vouches, "NotOwner", finn.id, saved.address);
    await vouch(world, { id: finn.id, owner: loot }, ada);
  });

  it("given no guardian, the thief should keep it with the first rotation", async () => {
    const [taken, , guardian] = world.spare;
    const { identities, relayer } = world;
    const owner = finn.owner;
    const stolen = await rotate(world, finn, taken);
    for (const who of [owner, guardian, relayer]) {
      const as = identities.connect(who);
      await refused(as.proposeRecovery(finn.id, relayer), identities, "NotGuardian", finn.id, who.address);
      await refused(as.setGuardian(finn.id, relayer), identities, "NotOwner", finn.id, who.address);
      await refused(as.suspend(finn.id), identities, "NotAuthorized", finn.id, who.address);
      await refused(as.claimRecovery(finn.id), identities, "NoPendingChange", finn.id);
    }
    await vouch(world, stolen, ada);
  });
});

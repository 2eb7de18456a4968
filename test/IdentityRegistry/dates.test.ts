import { expect } from "chai";
import { ZeroAddress, ZeroHash } from "ethers";
import {
  at,
  DAY,
  loadFixture,
  MAX_SILENCE,
  now,
  RECOVERY_DELAY,
  registered,
  type Scene,
  time,
} from "../utils/identity.ts";
import { equipped } from "../utils/identityScenes.ts";
import { giveWallet, rotate } from "../utils/identitySigning.ts";

/** `firstSeen` is the date of the owner's key until the first key change or the retirement, and is kept from then on. */
describe("IdentityRegistry", () => {
  describe("firstSeen, ageOf, lastSeen and tenureOf", () => {
    async function expectDates({ registry, born }: Scene, seen: bigint, tenure: bigint): Promise<void> {
      const { firstSeen, lastSeen, tenure: witnessed } = await registry.identityOf(1);
      expect([firstSeen, lastSeen, witnessed]).to.deep.equal([born, seen, tenure]);
      expect(await registry.firstSeen(1)).to.equal(born);
      expect(await registry.lastSeen(1)).to.equal(seen);
      expect(await registry.tenureOf(1)).to.equal(tenure);
      expect(await registry.ageOf(1)).to.equal((await now()) - born);
    }

    /** Checked in at ten days, so that tenure and last check-in are told from the registration. */
    async function seen(): Promise<Scene & { seenAt: bigint }> {
      const scene = await equipped();
      const seenAt = scene.born + 10n * DAY;
      await at(seenAt);
      await scene.registry.connect(scene.owner).pulse(1, ZeroHash);
      await time.increase(DAY);
      return { ...scene, seenAt };
    }

    it("given two rotations, should stay what they were", async () => {
      const scene = await loadFixture(seen);
      await rotate(scene.registry, scene.owner, 1n, scene.next);
      await expectDates(scene, scene.seenAt, 10n * DAY);
      await time.increase(3n * DAY);
      await rotate(scene.registry, scene.next, 1n, scene.stranger);
      await expectDates(scene, scene.seenAt, 10n * DAY);
    });

    it("given a recovery, of an active or a suspended identity, should stay what they were", async () => {
      for (const isSuspended of [false, true]) {
        const scene = await loadFixture(seen);
        const { registry, guardian, candidate } = scene;
        if (isSuspended) await registry.connect(guardian).suspend(1);
        await registry.connect(guardian).proposeRecovery(1, candidate);
        await at((await now()) + RECOVERY_DELAY);
        await registry.connect(candidate).claimRecovery(1);
        await expectDates(scene, scene.seenAt, 10n * DAY);
        if (isSuspended) await registry.connect(guardian).resume(1);
        await expectDates(scene, scene.seenAt, 10n * DAY);
        // The next check-in credits the silence from the one before the recovery, and not from the recovery.
        const moment = scene.seenAt + 20n * DAY;
        await at(moment);
        await registry.connect(candidate).pulse(1, ZeroHash);
        await expectDates(scene, moment, 30n * DAY);
      }
    });

    it("given a retirement, with a rotation before it or none, should stay what they were for ever", async () => {
      for (const isRotated of [false, true]) {
        const scene = await loadFixture(registered);
        await at(scene.born + 5n * DAY);
        await scene.registry.connect(scene.owner).pulse(1, ZeroHash);
        if (isRotated) await rotate(scene.registry, scene.owner, 1n, scene.next);
        await time.increase(DAY);
        await scene.registry.connect(isRotated ? scene.next : scene.owner).retire(1);
        await expectDates(scene, scene.born + 5n * DAY, 5n * DAY);
        await time.increase(100n * MAX_SILENCE);
        await expectDates(scene, scene.born + 5n * DAY, 5n * DAY);
      }
    });

    it("given a guarded retirement, with a rotation before it or none, should stay what they were", async () => {
      for (const isRotated of [false, true]) {
        const scene = await loadFixture(seen);
        const { registry, owner, next } = scene;
        if (isRotated) await rotate(registry, owner, 1n, next);
        const last = registry.connect(isRotated ? next : owner);
        await last.retire(1);
        await at((await now()) + RECOVERY_DELAY);
        await last.retire(1);
        await expectDates(scene, scene.seenAt, 10n * DAY);
      }
    });

    it("given another identity is registered by a key of another day, should be each one's own", async () => {
      const scene = await loadFixture(registered);
      const { registry, stranger, next } = scene;
      await time.increase(7n * DAY);
      await registry.connect(stranger)["register()"]();
      const born = await now();
      await rotate(registry, stranger, 3n, next);
      expect(await registry.firstSeen(3)).to.equal(born);
      expect(await registry.firstSeen(1)).to.equal(scene.born);
    });

    it("given a silence that lost, should count the age from the registration all the same", async () => {
      const scene = await loadFixture(registered);
      const { registry, owner, born } = scene;
      const moment = born + 3n * MAX_SILENCE;
      await at(moment);
      await registry.connect(owner).pulse(1, ZeroHash);
      await expectDates(scene, moment, MAX_SILENCE);
      await time.increase(DAY);
      await expectDates(scene, moment, MAX_SILENCE);
    });

    it("given a guardian is set, replaced and removed after a rotation, should stay what they were", async () => {
      const scene = await loadFixture(seen);
      const { registry, owner, next, stranger, guardian } = scene;
      await rotate(registry, owner, 1n, next);
      await registry.connect(next).setGuardian(1, stranger);
      await at((await now()) + RECOVERY_DELAY);
      await registry.connect(next).setGuardian(1, stranger);
      expect(await registry.guardianOf(1)).to.equal(stranger.address);
      await expectDates(scene, scene.seenAt, 10n * DAY);
      await rotate(registry, next, 1n, guardian);
      await expectDates(scene, scene.seenAt, 10n * DAY);
    });

    it("given the guardian becomes the owner, by a rotation or a recovery, should stay what they were", async () => {
      for (const isRecovery of [false, true]) {
        const scene = await loadFixture(seen);
        const { registry, owner, guardian } = scene;
        if (isRecovery) {
          await registry.connect(guardian).proposeRecovery(1, guardian);
          await at((await now()) + RECOVERY_DELAY);
          await registry.connect(guardian).claimRecovery(1);
        } else {
          await rotate(registry, owner, 1n, guardian);
        }
        expect(await registry.guardianOf(1)).to.equal(ZeroAddress);
        await expectDates(scene, scene.seenAt, 10n * DAY);
      }
    });
  });

  describe("the date of a wallet", () => {
    it("should be that of its newest consent, and not of the first", async () => {
      const { registry, owner, wallet } = await loadFixture(equipped);
      const { since } = await registry.resolve(wallet);
      await time.increase(3n * DAY);
      await giveWallet(registry, owner, 1n, wallet);
      const again = await now();
      expect(again).to.be.greaterThan(since + 3n * DAY);
      expect((await registry.resolve(wallet)).since).to.equal(again);
      await time.increase(DAY);
      await registry.connect(wallet).pulse(1, ZeroHash);
      expect((await registry.resolve(wallet)).since).to.equal(again);
    });

    it("should start anew where it left in between, and where it serves another identity", async () => {
      const { registry, owner, other, wallet } = await loadFixture(equipped);
      for (const [who, id] of [
        [owner, 1n],
        [other, 2n],
      ] as const) {
        for (const [key, agentId] of [[owner, 1n] as const, [other, 2n] as const]) {
          await registry.connect(key).unsetAgentWallet(agentId);
        }
        await time.increase(DAY);
        await giveWallet(registry, who, id, wallet);
        expect(await registry.resolve(wallet)).to.deep.equal([id, 2n, await now()]);
      }
    });
  });
});

import { expect } from "chai";
import { ZeroAddress } from "ethers";
import {
  at,
  ChangeKind,
  loadFixture,
  logsOf,
  NO_CHANGE,
  now,
  pendingOf,
  RECOVERY_DELAY,
  registered,
} from "../utils/identity.ts";
import { equipped } from "../utils/identityScenes.ts";
import { giveWallet, rotate } from "../utils/identitySigning.ts";

describe("IdentityRegistry", () => {
  describe("setGuardian", () => {
    describe("given no guardian", () => {
      it("sets one at once, and logs GuardianSet", async () => {
        const { registry, owner, guardian } = await loadFixture(registered);
        expect(await logsOf(registry, registry.connect(owner).setGuardian(1, guardian))).to.deep.equal([
          ["GuardianSet", 1n, ZeroAddress, guardian.address],
        ]);
        expect((await registry.identityOf(1)).guardian).to.equal(guardian.address);
        expect(await pendingOf(registry, 1n)).to.deep.equal(NO_CHANGE);
      });

      it("refuses to remove one", async () => {
        const { registry, owner } = await loadFixture(registered);
        await expect(registry.connect(owner).setGuardian(1, ZeroAddress))
          .to.be.revertedWithCustomError(registry, "GuardianUnchanged")
          .withArgs(1n, ZeroAddress);
      });

      it("refuses the owner itself", async () => {
        const { registry, owner } = await loadFixture(registered);
        await expect(registry.connect(owner).setGuardian(1, owner))
          .to.be.revertedWithCustomError(registry, "InvalidGuardian")
          .withArgs(1n, owner.address);
      });

      it("takes the owner of another identity, and a guardian of several", async () => {
        const { registry, owner, other, guardian } = await loadFixture(registered);
        await registry.connect(other).setGuardian(2, guardian);
        await registry.connect(owner).setGuardian(1, other);
        expect((await registry.identityOf(1)).guardian).to.equal(other.address);
        expect((await registry.identityOf(2)).guardian).to.equal(guardian.address);
      });

      it("takes the identity's own wallet, and a former key of it: neither is its owner", async () => {
        const { registry, owner, next, wallet } = await loadFixture(registered);
        await giveWallet(registry, owner, 1n, wallet);
        await registry.connect(owner).setGuardian(1, wallet);
        expect(await registry.guardianOf(1)).to.equal(wallet.address);
        expect(await registry.getAgentWallet(1)).to.equal(wallet.address);
        const { registry: another } = await loadFixture(registered);
        await rotate(another, owner, 1n, next);
        await another.connect(next).setGuardian(1, owner);
        expect(await another.guardianOf(1)).to.equal(owner.address);
      });

      for (const role of ["other", "candidate", "stranger", "guardian"] as const) {
        it(`is closed to the ${role}`, async () => {
          const scene = await loadFixture(registered);
          await expect(scene.registry.connect(scene[role]).setGuardian(1, scene.guardian))
            .to.be.revertedWithCustomError(scene.registry, "NotOwner")
            .withArgs(1n, scene[role].address);
        });
      }
    });

    describe("given a guardian", () => {
      for (const [what, pick] of [
        ["another", "stranger"],
        ["none", undefined],
      ] as const) {
        it(`proposes ${what} by the first call: the guardian stays, and ChangeProposed says until when`, async () => {
          const scene = await loadFixture(equipped);
          const { registry, owner, guardian } = scene;
          const next = pick === undefined ? ZeroAddress : scene[pick].address;
          const moment = (await now()) + 10n;
          await at(moment);
          expect(await logsOf(registry, registry.connect(owner).setGuardian(1, next))).to.deep.equal([
            ["ChangeProposed", 1n, ChangeKind.Guardian, next, moment + RECOVERY_DELAY],
          ]);
          expect((await registry.identityOf(1)).guardian).to.equal(guardian.address);
          expect(await pendingOf(registry, 1n)).to.deep.equal([ChangeKind.Guardian, next, moment + RECOVERY_DELAY]);
        });

        it(`sets ${what} by a second call in the second that it is ready`, async () => {
          const scene = await loadFixture(equipped);
          const { registry, owner, guardian } = scene;
          const next = pick === undefined ? ZeroAddress : scene[pick].address;
          await registry.connect(owner).setGuardian(1, next);
          await at((await now()) + RECOVERY_DELAY);
          expect(await logsOf(registry, registry.connect(owner).setGuardian(1, next))).to.deep.equal([
            ["GuardianSet", 1n, guardian.address, next],
          ]);
          expect((await registry.identityOf(1)).guardian).to.equal(next);
          expect(await pendingOf(registry, 1n)).to.deep.equal(NO_CHANGE);
        });

        it(`refuses ${what} a second earlier`, async () => {
          const scene = await loadFixture(equipped);
          const { registry, owner } = scene;
          const next = pick === undefined ? ZeroAddress : scene[pick].address;
          await registry.connect(owner).setGuardian(1, next);
          const readyAt = (await now()) + RECOVERY_DELAY;
          await at(readyAt - 1n);
          await expect(registry.connect(owner).setGuardian(1, next))
            .to.be.revertedWithCustomError(registry, "ChangeNotReady")
            .withArgs(1n, readyAt);
          expect(await pendingOf(registry, 1n)).to.deep.equal([ChangeKind.Guardian, next, readyAt]);
        });
      }

      it("takes the second call in the last second before the change expires", async () => {
        const { registry, owner, stranger } = await loadFixture(equipped);
        await registry.connect(owner).setGuardian(1, stranger);
        await at((await now()) + 2n * RECOVERY_DELAY);
        await registry.connect(owner).setGuardian(1, stranger);
        expect((await registry.identityOf(1)).guardian).to.equal(stranger.address);
      });

      it("takes a call a second later for a first one: nobody remembers it any more", async () => {
        const { registry, owner, stranger, guardian } = await loadFixture(equipped);
        await registry.connect(owner).setGuardian(1, stranger);
        const moment = (await now()) + 2n * RECOVERY_DELAY + 1n;
        await at(moment);
        await registry.connect(owner).setGuardian(1, stranger);
        expect((await registry.identityOf(1)).guardian).to.equal(guardian.address);
        expect(await pendingOf(registry, 1n)).to.deep.equal([
          ChangeKind.Guardian,
          stranger.address,
          moment + RECOVERY_DELAY,
        ]);
      });

      it("refuses the one that is set", async () => {
        const { registry, owner, guardian } = await loadFixture(equipped);
        await expect(registry.connect(owner).setGuardian(1, guardian))
          .to.be.revertedWithCustomError(registry, "GuardianUnchanged")
          .withArgs(1n, guardian.address);
      });

      it("refuses the owner itself", async () => {
        const { registry, owner } = await loadFixture(equipped);
        await expect(registry.connect(owner).setGuardian(1, owner))
          .to.be.revertedWithCustomError(registry, "InvalidGuardian")
          .withArgs(1n, owner.address);
      });

      it("starts the wait again where the second call names somebody else", async () => {
        const { registry, owner, stranger, next, guardian } = await loadFixture(equipped);
        await registry.connect(owner).setGuardian(1, stranger);
        const moment = (await now()) + RECOVERY_DELAY;
        await at(moment);
        await registry.connect(owner).setGuardian(1, next);
        expect((await registry.identityOf(1)).guardian).to.equal(guardian.address);
        expect(await pendingOf(registry, 1n)).to.deep.equal([
          ChangeKind.Guardian,
          next.address,
          moment + RECOVERY_DELAY,
        ]);
      });

      it("gives the new guardian the power and takes the old one's", async () => {
        const { registry, owner, stranger, guardian } = await loadFixture(equipped);
        await registry.connect(owner).setGuardian(1, stranger);
        await at((await now()) + RECOVERY_DELAY);
        await registry.connect(owner).setGuardian(1, stranger);
        await expect(registry.connect(guardian).suspend(1))
          .to.be.revertedWithCustomError(registry, "NotAuthorized")
          .withArgs(1n, guardian.address);
        await registry.connect(stranger).suspend(1);
      });

      it("lets the next one be set at once after a removal", async () => {
        const { registry, owner, stranger } = await loadFixture(equipped);
        await registry.connect(owner).setGuardian(1, ZeroAddress);
        await at((await now()) + RECOVERY_DELAY);
        await registry.connect(owner).setGuardian(1, ZeroAddress);
        await registry.connect(owner).setGuardian(1, stranger);
        expect((await registry.identityOf(1)).guardian).to.equal(stranger.address);
      });

      for (const role of ["guardian", "wallet", "approved", "operator", "other", "stranger"] as const) {
        it(`is closed to the ${role}`, async () => {
          const scene = await loadFixture(equipped);
          await expect(scene.registry.connect(scene[role]).setGuardian(1, scene.stranger))
            .to.be.revertedWithCustomError(scene.registry, "NotOwner")
            .withArgs(1n, scene[role].address);
        });
      }

      it("stays closed to the former key, which began it, after a rotation", async () => {
        const { registry, owner, stranger, next, guardian } = await loadFixture(equipped);
        await registry.connect(owner).setGuardian(1, stranger);
        const readyAt = (await now()) + RECOVERY_DELAY;
        await rotate(registry, owner, 1n, next);
        await at(readyAt);
        await expect(registry.connect(owner).setGuardian(1, stranger))
          .to.be.revertedWithCustomError(registry, "NotOwner")
          .withArgs(1n, owner.address);
        await registry.connect(next).setGuardian(1, stranger);
        expect((await registry.identityOf(1)).guardian).to.equal(guardian.address);
      });
    });
  });
});

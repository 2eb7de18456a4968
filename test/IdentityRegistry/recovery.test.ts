import { expect } from "chai";
import { id as hashOf, ZeroAddress } from "ethers";
import {
  at,
  ChangeKind,
  ethers,
  identity,
  inOneBlock,
  KeyRole,
  loadFixture,
  logsOf,
  NO_CHANGE,
  now,
  pendingOf,
  RECOVERY_DELAY,
  register,
  registered,
  Status,
  time,
} from "../utils/identity.ts";
import { equipped, suspended } from "../utils/identityScenes.ts";
import { giveWallet, rotate } from "../utils/identitySigning.ts";

const WALLET_KEY = "agentWallet";

/** As `equipped`, and the guardian has proposed to recover it to the candidate. */
async function recovering() {
  const scene = await equipped();
  await scene.registry.connect(scene.guardian).proposeRecovery(1, scene.candidate);
  return { ...scene, readyAt: (await now()) + RECOVERY_DELAY };
}

describe("IdentityRegistry", () => {
  describe("proposeRecovery", () => {
    it("is open to the guardian, and logs ChangeProposed; nothing else changes yet", async () => {
      const { registry, guardian, candidate } = await loadFixture(equipped);
      const before = await identity(registry, 1n);
      const moment = (await now()) + 10n;
      await at(moment);
      expect(await logsOf(registry, registry.connect(guardian).proposeRecovery(1, candidate))).to.deep.equal([
        ["ChangeProposed", 1n, ChangeKind.Recovery, candidate.address, moment + RECOVERY_DELAY],
      ]);
      expect({ ...(await identity(registry, 1n)), tenure: 0n }).to.deep.equal({
        ...before,
        tenure: 0n,
        pending: [ChangeKind.Recovery, candidate.address, moment + RECOVERY_DELAY],
      });
      expect(await registry.resolve(candidate)).to.deep.equal([0n, KeyRole.None, 0n]);
    });

    for (const role of ["owner", "wallet", "approved", "operator", "candidate", "other", "stranger"] as const) {
      it(`is closed to the ${role}`, async () => {
        const scene = await loadFixture(equipped);
        await expect(scene.registry.connect(scene[role]).proposeRecovery(1, scene.candidate))
          .to.be.revertedWithCustomError(scene.registry, "NotGuardian")
          .withArgs(1n, scene[role].address);
      });
    }

    it("is closed to everybody where no guardian is set, the owner included", async () => {
      const { registry, owner, stranger, candidate } = await loadFixture(registered);
      for (const caller of [owner, stranger, candidate]) {
        await expect(registry.connect(caller).proposeRecovery(1, candidate))
          .to.be.revertedWithCustomError(registry, "NotGuardian")
          .withArgs(1n, caller.address);
      }
    });

    it("refuses zero as candidate", async () => {
      const { registry, guardian } = await loadFixture(equipped);
      await expect(registry.connect(guardian).proposeRecovery(1, ZeroAddress))
        .to.be.revertedWithCustomError(registry, "InvalidCandidate")
        .withArgs(1n);
    });

    for (const [role, id] of [
      ["owner", 1n],
      ["wallet", 1n],
      ["other", 2n],
    ] as const) {
      it(`refuses the ${role} as candidate: a key already`, async () => {
        const scene = await loadFixture(equipped);
        await expect(scene.registry.connect(scene.guardian).proposeRecovery(1, scene[role]))
          .to.be.revertedWithCustomError(scene.registry, "AlreadyRegistered")
          .withArgs(scene[role].address, id);
      });
    }

    it("refuses a former key as candidate", async () => {
      const { registry, owner, next, guardian } = await loadFixture(equipped);
      await rotate(registry, owner, 1n, next);
      await expect(registry.connect(guardian).proposeRecovery(1, owner))
        .to.be.revertedWithCustomError(registry, "AlreadyRegistered")
        .withArgs(owner.address, 1n);
    });

    it("works while suspended, and takes the guardian itself as candidate, which is no guardian then", async () => {
      const { registry, guardian, next } = await loadFixture(suspended);
      await registry.connect(guardian).proposeRecovery(1, guardian);
      expect((await pendingOf(registry, 1n))[1]).to.equal(guardian.address);
      await time.increase(RECOVERY_DELAY);
      const logs = await logsOf(registry, registry.connect(guardian).claimRecovery(1));
      expect(logs[0]).to.deep.equal(["GuardianSet", 1n, guardian.address, ZeroAddress]);
      expect(await registry.ownerOf(1)).to.equal(guardian.address);
      expect((await registry.identityOf(1)).guardian).to.equal(ZeroAddress);
      await registry.connect(guardian).resume(1); // as the owner, whom nobody guards
      await registry.connect(guardian).setGuardian(1, next);
      expect((await registry.identityOf(1)).guardian).to.equal(next.address);
    });
  });

  describe("claimRecovery", () => {
    it("is a rotation to the candidate, in the second that it is ready", async () => {
      const { registry, owner, candidate, wallet, readyAt } = await loadFixture(recovering);
      const before = await identity(registry, 1n);
      await at(readyAt);
      expect(await logsOf(registry, registry.connect(candidate).claimRecovery(1))).to.deep.equal([
        ["Transfer", owner.address, candidate.address, 1n],
        ["KeyRotated", 1n, owner.address, candidate.address, 1n],
        ["MetadataSet", 1n, hashOf(WALLET_KEY), WALLET_KEY, candidate.address.toLowerCase()],
        ["MetadataUpdate", 1n],
      ]);
      expect(await identity(registry, 1n)).to.deep.equal({
        ...before,
        owner: candidate.address,
        wallet: candidate.address,
        keyEpoch: 1n,
        keySince: readyAt,
        pending: NO_CHANGE,
      });
      expect(await registry.resolve(owner)).to.deep.equal([1n, KeyRole.Former, readyAt]);
      expect(await registry.resolve(candidate)).to.deep.equal([1n, KeyRole.Owner, readyAt]);
      expect(await registry.resolve(wallet)).to.deep.equal([0n, KeyRole.None, 0n]);
      expect(await registry.getApproved(1)).to.equal(ZeroAddress);
    });

    it("waits until then: refused a second earlier", async () => {
      const { registry, candidate, readyAt } = await loadFixture(recovering);
      await at(readyAt - 1n);
      await expect(registry.connect(candidate).claimRecovery(1))
        .to.be.revertedWithCustomError(registry, "ChangeNotReady")
        .withArgs(1n, readyAt);
    });

    it("expires when nobody claims it for as long again", async () => {
      const { registry, owner, guardian, candidate, stranger, readyAt } = await loadFixture(recovering);
      const expiredAt = readyAt + RECOVERY_DELAY;
      await time.increaseTo(expiredAt + 1n);
      await expect(registry.connect(candidate).claimRecovery(1))
        .to.be.revertedWithCustomError(registry, "ChangeExpired")
        .withArgs(1n, expiredAt);
      expect(await pendingOf(registry, 1n)).to.deep.equal(NO_CHANGE);
      await expect(registry.connect(guardian).cancelPending(1))
        .to.be.revertedWithCustomError(registry, "NoPendingChange")
        .withArgs(1n);
      // It is in nobody's way any more.
      await registry.connect(owner).setGuardian(1, stranger);
      expect((await pendingOf(registry, 1n))[0]).to.equal(ChangeKind.Guardian);
    });

    it("works in the last second before it expires", async () => {
      const { registry, candidate, readyAt } = await loadFixture(recovering);
      await at(readyAt + RECOVERY_DELAY);
      await registry.connect(candidate).claimRecovery(1);
      expect(await registry.ownerOf(1)).to.equal(candidate.address);
    });

    it("says nothing of an expired one when the key is rotated", async () => {
      const { registry, owner, next, readyAt } = await loadFixture(recovering);
      await at(readyAt + RECOVERY_DELAY + 1n);
      const logs = await logsOf(registry, rotate(registry, owner, 1n, next));
      expect(logs.map(([name]) => name)).to.not.include("ChangeCancelled");
    });

    it("leaves a suspended identity suspended, and counts as no check-in", async () => {
      const { registry, owner, guardian, candidate, readyAt, born } = await loadFixture(recovering);
      await registry.connect(guardian).suspend(1);
      await at(readyAt);
      expect(await logsOf(registry, registry.connect(candidate).claimRecovery(1))).to.deep.equal([
        ["Transfer", owner.address, candidate.address, 1n],
        ["KeyRotated", 1n, owner.address, candidate.address, 1n],
        ["MetadataSet", 1n, hashOf(WALLET_KEY), WALLET_KEY, ZeroAddress],
        ["MetadataUpdate", 1n],
      ]);
      const { status, wallet, lastSeen, tenure } = await registry.identityOf(1);
      expect([status, wallet, lastSeen, tenure]).to.deep.equal([Status.Suspended, ZeroAddress, born, 0n]);
      await expect(registry.connect(candidate).setAgentURI(1, "x"))
        .to.be.revertedWithCustomError(registry, "IdentitySuspended")
        .withArgs(1n);
      await expect(registry.connect(candidate).resume(1))
        .to.be.revertedWithCustomError(registry, "NotGuardian")
        .withArgs(1n, candidate.address);
      await registry.connect(guardian).resume(1);
      expect(await registry.getAgentWallet(1)).to.equal(candidate.address);
      await registry.connect(candidate).setAgentURI(1, "x");
    });

    for (const role of ["owner", "guardian", "wallet", "operator", "other", "stranger"] as const) {
      it(`is closed to the ${role}, ready or not`, async () => {
        const scene = await loadFixture(recovering);
        const claim = () => scene.registry.connect(scene[role]).claimRecovery(1);
        for (const moment of [scene.readyAt - 1n, scene.readyAt]) {
          await at(moment);
          await expect(claim())
            .to.be.revertedWithCustomError(scene.registry, "NotCandidate")
            .withArgs(1n, scene[role].address);
        }
      });
    }

    it("works once", async () => {
      const { registry, candidate, readyAt } = await loadFixture(recovering);
      await at(readyAt);
      await registry.connect(candidate).claimRecovery(1);
      await expect(registry.connect(candidate).claimRecovery(1))
        .to.be.revertedWithCustomError(registry, "NoPendingChange")
        .withArgs(1n);
    });

    it("needs a recovery: another waiting change is none", async () => {
      const { registry, owner, candidate } = await loadFixture(equipped);
      await registry.connect(owner).setGuardian(1, candidate);
      await at((await now()) + RECOVERY_DELAY);
      await expect(registry.connect(candidate).claimRecovery(1))
        .to.be.revertedWithCustomError(registry, "NoPendingChange")
        .withArgs(1n);
    });

    it("leaves the old key no power in that block", async () => {
      const { registry, owner, candidate, readyAt } = await loadFixture(recovering);
      await at(readyAt);
      const outcome = await inOneBlock(
        () => registry.connect(candidate).claimRecovery(1, { gasLimit: 400_000 }),
        () => registry.connect(owner).setAgentURI(1, "x", { gasLimit: 200_000 }),
      );
      expect(outcome).to.deep.equal([1, 0]);
    });

    it("keeps the guardian", async () => {
      const { registry, candidate, guardian, readyAt } = await loadFixture(recovering);
      await at(readyAt);
      await registry.connect(candidate).claimRecovery(1);
      expect((await registry.identityOf(1)).guardian).to.equal(guardian.address);
    });

    it("counts from the latest proposal, for the latest candidate", async () => {
      const { registry, guardian, candidate, next, readyAt } = await loadFixture(recovering);
      await at(readyAt);
      await registry.connect(guardian).proposeRecovery(1, next);
      await expect(registry.connect(candidate).claimRecovery(1))
        .to.be.revertedWithCustomError(registry, "NotCandidate")
        .withArgs(1n, candidate.address);
      await expect(registry.connect(next).claimRecovery(1))
        .to.be.revertedWithCustomError(registry, "ChangeNotReady")
        .withArgs(1n, readyAt + RECOVERY_DELAY);
      await at(readyAt + RECOVERY_DELAY);
      await registry.connect(next).claimRecovery(1);
      expect(await registry.ownerOf(1)).to.equal(next.address);
    });

    describe("given a candidate who became a key meanwhile", () => {
      it("refuses an owner, and the guardian may propose another", async () => {
        const { registry, guardian, candidate, next, readyAt } = await loadFixture(recovering);
        await register(registry, candidate);
        await at(readyAt);
        await expect(registry.connect(candidate).claimRecovery(1))
          .to.be.revertedWithCustomError(registry, "AlreadyRegistered")
          .withArgs(candidate.address, 3n);
        await registry.connect(guardian).proposeRecovery(1, next);
        expect((await pendingOf(registry, 1n))[1]).to.equal(next.address);
      });

      it("refuses a wallet, until it is free again", async () => {
        const { registry, other, candidate, readyAt } = await loadFixture(recovering);
        await giveWallet(registry, other, 2n, candidate);
        await at(readyAt);
        await expect(registry.connect(candidate).claimRecovery(1))
          .to.be.revertedWithCustomError(registry, "AlreadyRegistered")
          .withArgs(candidate.address, 2n);
        await registry.connect(other).unsetAgentWallet(2);
        await registry.connect(candidate).claimRecovery(1);
        expect(await registry.ownerOf(1)).to.equal(candidate.address);
      });

      it("has nothing left to claim after the owner rotated to the candidate", async () => {
        const { registry, owner, candidate, readyAt } = await loadFixture(recovering);
        const logs = await logsOf(registry, rotate(registry, owner, 1n, candidate));
        expect(logs[0]).to.deep.equal(["ChangeCancelled", 1n, ChangeKind.Recovery, owner.address]);
        expect(await pendingOf(registry, 1n)).to.deep.equal(NO_CHANGE);
        await at(readyAt);
        await expect(registry.connect(candidate).claimRecovery(1))
          .to.be.revertedWithCustomError(registry, "NoPendingChange")
          .withArgs(1n);
      });
    });

    it("recovers to a smart account", async () => {
      const { registry, guardian, stranger } = await loadFixture(equipped);
      const account = await ethers.deployContract("SmartAccount", [stranger.address]);
      await registry.connect(guardian).proposeRecovery(1, account);
      await at((await now()) + RECOVERY_DELAY);
      const claim = registry.interface.encodeFunctionData("claimRecovery", [1]);
      await account.connect(stranger).getFunction("execute")(registry, claim);
      expect(await registry.ownerOf(1)).to.equal(await account.getAddress());
    });
  });
});

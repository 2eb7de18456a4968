import { expect } from "chai";
import { type Addressable, id as hashOf, ZeroAddress } from "ethers";
import type { IdentityRegistry } from "../../types/ethers-contracts/index.js";
import {
  at,
  identity,
  inOneBlock,
  KeyRole,
  loadFixture,
  logsOf,
  now,
  RECOVERY_DELAY,
  registered,
  Status,
  URI,
} from "../utils/identity.ts";
import { equipped, suspended } from "../utils/identityScenes.ts";
import { giveWallet, rotate } from "../utils/identitySigning.ts";

const keySinceOf = async (registry: IdentityRegistry, key: Addressable) => (await registry.resolve(key)).since;

// What a suspended identity can and cannot do is asked in states.ts, of every function.
describe("IdentityRegistry", () => {
  describe("suspend", () => {
    for (const role of ["owner", "guardian"] as const) {
      it(`is open to the ${role}, at once, and logs Suspended, that nobody is its wallet, and MetadataUpdate`, async () => {
        const scene = await loadFixture(equipped);
        const { registry } = scene;
        expect(await logsOf(registry, registry.connect(scene[role]).suspend(1))).to.deep.equal([
          ["Suspended", 1n, scene[role].address],
          ["MetadataSet", 1n, hashOf("agentWallet"), "agentWallet", ZeroAddress],
          ["MetadataUpdate", 1n],
        ]);
        expect((await registry.identityOf(1)).status).to.equal(Status.Suspended);
      });
    }

    for (const role of ["wallet", "approved", "operator", "candidate", "other", "stranger"] as const) {
      it(`is closed to the ${role}`, async () => {
        const scene = await loadFixture(equipped);
        await expect(scene.registry.connect(scene[role]).suspend(1))
          .to.be.revertedWithCustomError(scene.registry, "NotAuthorized")
          .withArgs(1n, scene[role].address);
      });
    }

    it("is closed to the guardian of another identity", async () => {
      const { registry, guardian } = await loadFixture(equipped);
      await expect(registry.connect(guardian).suspend(2))
        .to.be.revertedWithCustomError(registry, "NotAuthorized")
        .withArgs(2n, guardian.address);
    });

    it("is closed to a former key, of this identity", async () => {
      const { registry, owner, next } = await loadFixture(equipped);
      await rotate(registry, owner, 1n, next);
      await expect(registry.connect(owner).suspend(1))
        .to.be.revertedWithCustomError(registry, "NotAuthorized")
        .withArgs(1n, owner.address);
    });

    it("works once", async () => {
      const { registry, owner, guardian } = await loadFixture(suspended);
      for (const by of [owner, guardian]) {
        await expect(registry.connect(by).suspend(1))
          .to.be.revertedWithCustomError(registry, "IdentitySuspended")
          .withArgs(1n);
      }
    });

    it("changes the status, answers no wallet, and changes nothing else", async () => {
      const { registry, owner } = await loadFixture(equipped);
      const before = await identity(registry, 1n);
      await registry.connect(owner).suspend(1);
      expect(await identity(registry, 1n)).to.deep.equal({
        ...before,
        status: Status.Suspended,
        wallet: ZeroAddress,
      });
      expect((await registry.identityOf(2)).status).to.equal(Status.Active);
    });

    it("stops the identity in the same block", async () => {
      const { registry, guardian, owner } = await loadFixture(equipped);
      const outcome = await inOneBlock(
        () => registry.connect(guardian).suspend(1, { gasLimit: 200_000 }),
        () => registry.connect(owner).setAgentURI(1, "x", { gasLimit: 200_000 }),
      );
      expect(outcome).to.deep.equal([1, 0]);
    });

    it("leaves the token where it is: owned and locked, but with nobody as its wallet", async () => {
      const { registry, owner, wallet } = await loadFixture(suspended);
      expect(await registry.ownerOf(1)).to.equal(owner.address);
      expect(await registry.balanceOf(owner)).to.equal(1n);
      expect(await registry.locked(1)).to.equal(true);
      expect(await registry.getAgentWallet(1)).to.equal(ZeroAddress);
      expect(await registry.getMetadata(1, "agentWallet")).to.equal(ZeroAddress);
      expect(await registry.metadata(1, "agentWallet")).to.equal(ZeroAddress);
      expect(await registry.resolve(wallet)).to.deep.equal([1n, KeyRole.Wallet, await keySinceOf(registry, wallet)]);
      expect(await registry.totalSupply()).to.equal(2n);
    });

    it("leaves a waiting change waiting", async () => {
      const { registry, owner, stranger, guardian } = await loadFixture(equipped);
      await registry.connect(owner).setGuardian(1, stranger);
      const { pending } = await identity(registry, 1n);
      await registry.connect(guardian).suspend(1);
      expect((await identity(registry, 1n)).pending).to.deep.equal(pending);
    });
  });

  describe("unsetAgentWallet, given a suspension", () => {
    it("is open to the guardian, and says that nobody is the wallet until it is resumed", async () => {
      const { registry, owner, guardian } = await loadFixture(suspended);
      expect(await logsOf(registry, registry.connect(guardian).unsetAgentWallet(1))).to.deep.equal([
        ["MetadataSet", 1n, hashOf("agentWallet"), "agentWallet", ZeroAddress],
      ]);
      await registry.connect(guardian).resume(1);
      expect(await registry.getAgentWallet(1)).to.equal(owner.address);
    });

    it("is closed to the guardian before and after", async () => {
      const { registry, guardian } = await loadFixture(equipped);
      const unset = () => registry.connect(guardian).unsetAgentWallet(1);
      const isClosed = () =>
        expect(unset()).to.be.revertedWithCustomError(registry, "NotAuthorized").withArgs(1n, guardian.address);
      await isClosed();
      await registry.connect(guardian).suspend(1);
      await registry.connect(guardian).resume(1);
      await isClosed();
    });
  });

  describe("resume", () => {
    describe("given a guardian", () => {
      it("is open to it, and logs Resumed, the wallet that was set, and MetadataUpdate", async () => {
        const { registry, guardian, wallet } = await loadFixture(suspended);
        expect(await logsOf(registry, registry.connect(guardian).resume(1))).to.deep.equal([
          ["Resumed", 1n, guardian.address],
          ["MetadataSet", 1n, hashOf("agentWallet"), "agentWallet", wallet.address.toLowerCase()],
          ["MetadataUpdate", 1n],
        ]);
        expect((await registry.identityOf(1)).status).to.equal(Status.Active);
      });

      it("is open to the guardian where the owner suspended, and where the guardian did", async () => {
        const { registry, guardian } = await loadFixture(equipped);
        await registry.connect(guardian).suspend(1);
        await registry.connect(guardian).resume(1);
        expect((await registry.identityOf(1)).status).to.equal(Status.Active);
      });

      for (const role of ["owner", "wallet", "approved", "operator", "other", "stranger"] as const) {
        it(`is closed to the ${role}`, async () => {
          const scene = await loadFixture(suspended);
          await expect(scene.registry.connect(scene[role]).resume(1))
            .to.be.revertedWithCustomError(scene.registry, "NotGuardian")
            .withArgs(1n, scene[role].address);
        });
      }

      it("is open to the owner once the guardian is gone, and to the guardian no more", async () => {
        const { registry, owner, guardian } = await loadFixture(suspended);
        await registry.connect(owner).setGuardian(1, ZeroAddress);
        await at((await now()) + RECOVERY_DELAY);
        await registry.connect(owner).setGuardian(1, ZeroAddress);
        await expect(registry.connect(guardian).resume(1))
          .to.be.revertedWithCustomError(registry, "NotOwner")
          .withArgs(1n, guardian.address);
        await registry.connect(owner).resume(1);
        expect((await registry.identityOf(1)).status).to.equal(Status.Active);
      });
    });

    describe("given no guardian", () => {
      it("is open to the owner", async () => {
        const { registry, owner } = await loadFixture(registered);
        await registry.connect(owner).suspend(1);
        expect(await logsOf(registry, registry.connect(owner).resume(1))).to.deep.equal([
          ["Resumed", 1n, owner.address],
          ["MetadataSet", 1n, hashOf("agentWallet"), "agentWallet", owner.address.toLowerCase()],
          ["MetadataUpdate", 1n],
        ]);
      });

      it("is closed to everybody else, whatever the owner lets them do", async () => {
        const { registry, owner, stranger, other, wallet, approved, operator } = await loadFixture(registered);
        await giveWallet(registry, owner, 1n, wallet);
        await registry.connect(owner).approve(approved, 1);
        await registry.connect(owner).setApprovalForAll(operator, true);
        await registry.connect(owner).suspend(1);
        for (const caller of [stranger, other, wallet, approved, operator]) {
          await expect(registry.connect(caller).resume(1))
            .to.be.revertedWithCustomError(registry, "NotOwner")
            .withArgs(1n, caller.address);
        }
      });
    });

    it("needs a suspension", async () => {
      const { registry, owner, guardian } = await loadFixture(equipped);
      for (const by of [owner, guardian]) {
        await expect(registry.connect(by).resume(1))
          .to.be.revertedWithCustomError(registry, "IdentityNotSuspended")
          .withArgs(1n);
      }
    });

    it("brings everything back as it was", async () => {
      const { registry, owner, guardian } = await loadFixture(equipped);
      await registry.connect(owner).setAgentURI(1, URI);
      const before = await identity(registry, 1n);
      await registry.connect(guardian).suspend(1);
      expect(await registry.tokenURI(1)).to.match(/^data:application\/json;base64,/);
      await registry.connect(guardian).resume(1);
      expect(await registry.tokenURI(1)).to.equal(URI);
      expect(await identity(registry, 1n)).to.deep.equal(before);
      await registry.connect(owner).setAgentURI(1, "x");
    });
  });
});

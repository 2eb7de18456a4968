import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { inOneBlock, loadFixture, logsOf, registered, URI } from "../utils/identity.ts";
import { equipped, suspended } from "../utils/identityScenes.ts";
import { giveWallet, rotate } from "../utils/identitySigning.ts";

describe("IdentityRegistry", () => {
  describe("approve", () => {
    it("is open to the owner, and logs Approval", async () => {
      const { registry, owner, approved } = await loadFixture(registered);
      expect(await logsOf(registry, registry.connect(owner).approve(approved, 1))).to.deep.equal([
        ["Approval", owner.address, approved.address, 1n],
      ]);
      expect(await registry.getApproved(1)).to.equal(approved.address);
    });

    it("is open to an operator; the event names the owner", async () => {
      const { registry, owner, operator, stranger } = await loadFixture(equipped);
      expect(await logsOf(registry, registry.connect(operator).approve(stranger, 1))).to.deep.equal([
        ["Approval", owner.address, stranger.address, 1n],
      ]);
    });

    for (const role of ["approved", "wallet", "guardian", "other", "stranger"] as const) {
      it(`is closed to the ${role === "approved" ? "approved address" : role}`, async () => {
        const scene = await loadFixture(equipped);
        await expect(scene.registry.connect(scene[role]).approve(scene.stranger, 1))
          .to.be.revertedWithCustomError(scene.registry, "ERC721InvalidApprover")
          .withArgs(scene[role].address);
      });
    }

    it("replaces the address that was approved, which loses its power in the same block", async () => {
      const { registry, owner, approved, stranger } = await loadFixture(equipped);
      const outcome = await inOneBlock(
        () => registry.connect(owner).approve(stranger, 1, { gasLimit: 200_000 }),
        () => registry.connect(approved).setAgentURI(1, URI, { gasLimit: 200_000 }),
      );
      expect(outcome).to.deep.equal([1, 0]);
      expect(await registry.getApproved(1)).to.equal(stranger.address);
    });

    it("takes zero, which approves nobody", async () => {
      const { registry, owner, approved } = await loadFixture(equipped);
      expect(await logsOf(registry, registry.connect(owner).approve(ZeroAddress, 1))).to.deep.equal([
        ["Approval", owner.address, ZeroAddress, 1n],
      ]);
      expect(await registry.getApproved(1)).to.equal(ZeroAddress);
      expect(await registry.isAuthorizedOrOwner(ZeroAddress, 1)).to.equal(false);
      expect(await registry.isAuthorizedOrOwner(approved, 1)).to.equal(false);
    });

    it("counts for one identity", async () => {
      const { registry, approved } = await loadFixture(equipped);
      expect(await registry.getApproved(2)).to.equal(ZeroAddress);
      await expect(registry.connect(approved).setAgentURI(2, URI))
        .to.be.revertedWithCustomError(registry, "NotAuthorized")
        .withArgs(2n, approved.address);
    });

    it("is cleared by a rotation", async () => {
      const { registry, owner, approved, next } = await loadFixture(equipped);
      await rotate(registry, owner, 1n, next);
      expect(await registry.getApproved(1)).to.equal(ZeroAddress);
      expect(await registry.isAuthorizedOrOwner(approved, 1)).to.equal(false);
    });

    it("works while suspended, so that power can be taken away, and is answered as it is", async () => {
      const { registry, owner, approved } = await loadFixture(suspended);
      expect(await registry.getApproved(1)).to.equal(approved.address);
      await registry.connect(owner).approve(ZeroAddress, 1);
      expect(await registry.getApproved(1)).to.equal(ZeroAddress);
    });
  });

  describe("setApprovalForAll", () => {
    it("gives and takes the power, and logs ApprovalForAll", async () => {
      const { registry, owner, operator } = await loadFixture(registered);
      for (const power of [true, true, false, false]) {
        const sent = registry.connect(owner).setApprovalForAll(operator, power);
        expect(await logsOf(registry, sent)).to.deep.equal([
          ["ApprovalForAll", owner.address, operator.address, power],
        ]);
        expect(await registry.isApprovedForAll(owner, operator)).to.equal(power);
        expect(await registry.isAuthorizedOrOwner(operator, 1)).to.equal(power);
      }
    });

    it("refuses zero as operator", async () => {
      const { registry, owner } = await loadFixture(registered);
      await expect(registry.connect(owner).setApprovalForAll(ZeroAddress, true))
        .to.be.revertedWithCustomError(registry, "ERC721InvalidOperator")
        .withArgs(ZeroAddress);
    });

    it("is open to everybody, for what they own", async () => {
      const { registry, stranger, operator } = await loadFixture(registered);
      await registry.connect(stranger).setApprovalForAll(operator, true);
      expect(await registry.isApprovedForAll(stranger, operator)).to.equal(true);
      expect(await registry.isAuthorizedOrOwner(operator, 1)).to.equal(false);
    });

    it("is worth nothing after a rotation, and an operator of the next owner has the power", async () => {
      const { registry, owner, operator, next, stranger } = await loadFixture(equipped);
      await registry.connect(next).setApprovalForAll(stranger, true);
      await rotate(registry, owner, 1n, next);
      expect(await registry.isAuthorizedOrOwner(operator, 1)).to.equal(false);
      expect(await registry.isAuthorizedOrOwner(stranger, 1)).to.equal(true);
      await expect(registry.connect(operator).setAgentURI(1, URI))
        .to.be.revertedWithCustomError(registry, "NotAuthorized")
        .withArgs(1n, operator.address);
    });
  });

  describe("approved addresses and operators", () => {
    it("leave whom they set: taking an operator's power away ends neither the wallet nor the approved address that it set", async () => {
      const { registry, owner, operator, stranger, next } = await loadFixture(equipped);
      await registry.connect(operator).approve(stranger, 1);
      await giveWallet(registry, operator, 1n, next);
      await registry.connect(owner).setApprovalForAll(operator, false);
      await expect(registry.connect(operator).setAgentURI(1, URI))
        .to.be.revertedWithCustomError(registry, "NotAuthorized")
        .withArgs(1n, operator.address);
      expect(await registry.getApproved(1)).to.equal(stranger.address);
      expect(await registry.getAgentWallet(1)).to.equal(next.address);
      await registry.connect(owner).approve(ZeroAddress, 1);
      await registry.connect(owner).unsetAgentWallet(1);
      expect(await registry.isAuthorizedOrOwner(stranger, 1)).to.equal(false);
      expect(await registry.isAuthorizedOrOwner(next, 1)).to.equal(false);
    });

    it("are taken away while suspended too, and given: the thief of an owner key may leave some behind", async () => {
      const { registry, owner, guardian, operator, stranger } = await loadFixture(suspended);
      await registry.connect(owner).setApprovalForAll(operator, false);
      await registry.connect(owner).setApprovalForAll(stranger, true);
      await registry.connect(guardian).resume(1);
      await registry.connect(stranger).setAgentURI(1, URI);
      await expect(registry.connect(operator).setAgentURI(1, URI))
        .to.be.revertedWithCustomError(registry, "NotAuthorized")
        .withArgs(1n, operator.address);
    });

    for (const role of ["approved", "operator"] as const) {
      it(`never rotate, retire, suspend, resume, guard or recover: the ${role}`, async () => {
        const scene = await loadFixture(equipped);
        const { registry, owner, stranger } = scene;
        const as = registry.connect(scene[role]);
        const caller = scene[role].address;
        const refused: [string, () => Promise<unknown>, string][] = [
          ["rotateKey", () => as.rotateKey(1, stranger, 0, "0x"), "NotOwner"],
          ["retire", () => as.retire(1), "NotOwner"],
          ["setGuardian", () => as.setGuardian(1, stranger), "NotOwner"],
          ["suspend", () => as.suspend(1), "NotAuthorized"],
          ["proposeRecovery", () => as.proposeRecovery(1, stranger), "NotGuardian"],
        ];
        for (const [, send, error] of refused) {
          await expect(send()).to.be.revertedWithCustomError(registry, error).withArgs(1n, caller);
        }
        await registry.connect(owner).setGuardian(1, ZeroAddress);
        await expect(as.cancelPending(1)).to.be.revertedWithCustomError(registry, "NotAuthorized").withArgs(1n, caller);
        await registry.connect(owner).suspend(1);
        await expect(as.resume(1)).to.be.revertedWithCustomError(registry, "NotGuardian").withArgs(1n, caller);
      });
    }
  });

  describe("transferFrom and safeTransferFrom", () => {
    const transfers = [
      "transferFrom(address,address,uint256)",
      "safeTransferFrom(address,address,uint256)",
      "safeTransferFrom(address,address,uint256,bytes)",
    ] as const;
    for (const transfer of transfers) {
      for (const role of ["owner", "approved", "operator", "guardian", "stranger"] as const) {
        it(`${transfer} reverts for the ${role}`, async () => {
          const scene = await loadFixture(equipped);
          const { registry, owner, stranger } = scene;
          const args = [owner.address, stranger.address, 1n, ...(transfer.endsWith("bytes)") ? ["0x"] : [])];
          await expect(registry.connect(scene[role]).getFunction(transfer)(...args))
            .to.be.revertedWithCustomError(registry, "Soulbound")
            .withArgs(1n);
          expect(await registry.ownerOf(1)).to.equal(owner.address);
        });
      }

      it(`${transfer} reverts for an unknown id, to oneself, and to zero`, async () => {
        const { registry, owner } = await loadFixture(equipped);
        const rest = transfer.endsWith("bytes)") ? ["0x"] : [];
        for (const [to, id] of [
          [owner.address, 99n],
          [owner.address, 1n],
          [ZeroAddress, 1n],
        ] as const) {
          await expect(registry.connect(owner).getFunction(transfer)(owner.address, to, id, ...rest))
            .to.be.revertedWithCustomError(registry, "Soulbound")
            .withArgs(id);
        }
      });
    }
  });
});

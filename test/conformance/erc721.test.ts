import { expect } from "chai";
import { ErrorFragment, EventFragment, type Interface, ZeroAddress } from "ethers";
import { ethers, loadFixture, logsOf, register, registered, time, URI } from "../utils/identity.ts";
import { ERC6093, EVENTS } from "../utils/identityInterfaces.ts";
import { equipped, retired } from "../utils/identityScenes.ts";
import { rotate } from "../utils/identitySigning.ts";

describe("Conformance of IdentityRegistry", () => {
  for (const [standard, events] of Object.entries(EVENTS)) {
    describe(`${standard}, events`, () => {
      for (const text of events) {
        it(text.replace("event ", ""), async () => {
          const { registry } = await loadFixture(registered);
          const expected = EventFragment.from(text);
          const abi: Interface = registry.interface;
          const actual = abi.getEvent(expected.name);
          expect(actual?.topicHash).to.equal(expected.topicHash);
          expect(actual?.inputs.map(({ indexed }) => indexed === true)).to.deep.equal(
            expected.inputs.map(({ indexed }) => indexed === true),
          );
        });
      }
    });
  }

  describe("ERC-6093, errors", () => {
    for (const signature of ERC6093) {
      it(signature, async () => {
        const { registry } = await loadFixture(registered);
        const name = signature.slice(0, signature.indexOf("("));
        const abi: Interface = registry.interface;
        const expected = ErrorFragment.from(`error ${signature}`).selector;
        expect(abi.getError(name)?.selector).to.equal(expected);
      });
    }

    it("declares no error twice", async () => {
      const { registry } = await loadFixture(registered);
      const errors: string[] = [];
      registry.interface.forEachError(({ name }) => errors.push(name));
      expect(errors).to.have.length(new Set(errors).size);
    });
  });

  describe("ERC-721", () => {
    it("balanceOf counts the one token of an owner, nothing of anybody else", async () => {
      const { registry, owner, wallet, guardian, stranger } = await loadFixture(equipped);
      expect(await registry.balanceOf(owner)).to.equal(1n);
      for (const someone of [wallet, guardian, stranger]) expect(await registry.balanceOf(someone)).to.equal(0n);
    });

    it("balanceOf refuses the zero address", async () => {
      const { registry } = await loadFixture(registered);
      await expect(registry.balanceOf(ZeroAddress))
        .to.be.revertedWithCustomError(registry, "ERC721InvalidOwner")
        .withArgs(ZeroAddress);
    });

    it("ownerOf, getApproved, tokenURI and approve refuse a token that does not exist, or does no more", async () => {
      const { registry, owner } = await loadFixture(retired);
      for (const id of [0n, 1n, 3n]) {
        for (const call of [
          () => registry.ownerOf(id),
          () => registry.getApproved(id),
          () => registry.tokenURI(id),
          () => registry.connect(owner).approve(owner, id),
        ]) {
          await expect(call()).to.be.revertedWithCustomError(registry, "ERC721NonexistentToken").withArgs(id);
        }
      }
    });

    it("a token's Transfer events tell its whole history: mint, each rotation, end", async () => {
      const { registry, owner, next, candidate } = await loadFixture(registered);
      await rotate(registry, owner, 1n, next);
      await rotate(registry, next, 1n, candidate);
      await registry.connect(candidate).retire(1);
      const logs = await registry.queryFilter(registry.filters.Transfer(undefined, undefined, 1));
      expect(logs.map(({ args }) => [args.from, args.to])).to.deep.equal([
        [ZeroAddress, owner.address],
        [owner.address, next.address],
        [next.address, candidate.address],
        [candidate.address, ZeroAddress],
      ]);
    });

    it("isApprovedForAll is false until it is set", async () => {
      const { registry, owner, operator, stranger } = await loadFixture(equipped);
      expect(await registry.isApprovedForAll(owner, stranger)).to.equal(false);
      expect(await registry.isApprovedForAll(operator, owner)).to.equal(false);
      expect(await registry.isApprovedForAll(owner, operator)).to.equal(true);
    });
  });

  describe("ERC-5192", () => {
    it("logs Locked once for each mint, and never Unlocked", async () => {
      const { registry, owner, next } = await loadFixture(registered);
      await rotate(registry, owner, 1n, next);
      await registry.connect(next).suspend(1);
      await registry.connect(next).resume(1);
      await registry.connect(next).retire(1);
      const locked = await registry.queryFilter(registry.filters.Locked());
      expect(locked.map(({ args }) => args.tokenId)).to.deep.equal([1n, 2n]);
      expect(await registry.queryFilter(registry.filters.Unlocked())).to.be.empty;
    });

    it("locked is true for each token, whatever its state", async () => {
      const { registry, owner } = await loadFixture(registered);
      expect(await registry.locked(1)).to.equal(true);
      await registry.connect(owner).suspend(1);
      expect(await registry.locked(1)).to.equal(true);
    });

    it("locked reverts for a token that is nobody's", async () => {
      const { registry } = await loadFixture(retired);
      for (const id of [0n, 1n, 3n]) {
        await expect(registry.locked(id))
          .to.be.revertedWithCustomError(registry, "ERC721NonexistentToken")
          .withArgs(id);
      }
    });

    it("a locked token cannot be transferred by any of ERC-721's functions, by anybody who has any right", async () => {
      const scene = await loadFixture(equipped);
      const { registry, owner, stranger } = scene;
      for (const role of ["owner", "approved", "operator"] as const) {
        const as = registry.connect(scene[role]);
        for (const send of [
          () => as.transferFrom(owner, stranger, 1),
          () => as["safeTransferFrom(address,address,uint256)"](owner, stranger, 1),
          () => as["safeTransferFrom(address,address,uint256,bytes)"](owner, stranger, 1, "0x"),
        ]) {
          await expect(send()).to.be.revertedWithCustomError(registry, "Soulbound").withArgs(1n);
        }
      }
    });
  });

  describe("ERC-4906", () => {
    it("logs no MetadataUpdate with a check-in, though it may complete a day of tenure: Pulse says it", async () => {
      const { registry, owner, born } = await loadFixture(registered);
      await time.setNextBlockTimestamp(born + 86_400n);
      const before = await registry.tokenURI(1);
      const logs = await logsOf(registry, registry.connect(owner).pulse(1, ethers.ZeroHash));
      expect(logs.map(([event]) => event)).to.deep.equal(["Pulse"]);
      expect(await registry.tokenURI(1)).to.not.equal(before);
    });

    it("logs MetadataUpdate with each other action that changes the document, and with none else", async () => {
      const { registry, owner, next, guardian, stranger } = await loadFixture(registered);
      const actions: [string, boolean, () => Promise<Awaited<ReturnType<typeof register>>>][] = [
        ["pulse", false, () => registry.connect(owner).pulse(1, ethers.ZeroHash)],
        ["setMetadata", false, () => registry.connect(owner).setMetadata(1, "k", "0x01")],
        ["approve", false, () => registry.connect(owner).approve(stranger, 1)],
        ["setAgentURI", true, () => registry.connect(owner).setAgentURI(1, URI)],
        ["setAgentURI to nothing", true, () => registry.connect(owner).setAgentURI(1, "")],
        ["suspend", true, () => registry.connect(owner).suspend(1)],
        ["resume", true, () => registry.connect(owner).resume(1)],
        ["setGuardian", false, () => registry.connect(owner).setGuardian(1, guardian)],
        ["rotateKey", true, () => rotate(registry, owner, 1n, next)],
        ["another's registration", false, () => register(registry, stranger)],
      ];
      for (const [name, changes, act] of actions) {
        const before = await registry.tokenURI(1);
        const logs = await logsOf(registry, act());
        const updates = logs.filter(([event]) => event === "MetadataUpdate");
        expect(updates, name).to.deep.equal(changes ? [["MetadataUpdate", 1n]] : []);
        expect((await registry.tokenURI(1)) !== before, name).to.equal(changes);
      }
    });
  });
});

import { expect } from "chai";
import { type Signer, TypedDataEncoder, ZeroHash } from "ethers";
import type { IdentityRegistry } from "../../types/ethers-contracts/index.js";
import {
  at,
  CHECKPOINT,
  DAY,
  ethers,
  identity,
  loadFixture,
  logsOf,
  MAX_SILENCE,
  MINUTE,
  networkHelpers,
  now,
  OwnerKind,
  registered,
} from "../utils/identity.ts";
import { equipped } from "../utils/identityScenes.ts";
import { domainOf, PULSE, rotate, signPulse } from "../utils/identitySigning.ts";

/** A check-in of identity 1, signed by `signer` as its owner unless said otherwise. */
async function prepared(
  registry: IdentityRegistry,
  signer: Signer,
  changes: Partial<Parameters<typeof signPulse>[2]> = {},
) {
  const owner = await signer.getAddress();
  const checkIn = {
    ...{ agentId: 1n, owner, checkpoint: CHECKPOINT },
    ...{ lastSeen: await registry.lastSeen(1), deadline: (await now()) + 365n * DAY },
    ...changes,
  };
  const { agentId, checkpoint, deadline } = checkIn;
  const args = [agentId, checkpoint, deadline, await signPulse(registry, signer, checkIn)] as const;
  return { ...checkIn, args };
}

// What makes a signature count is asked in test/signatures, of all functions that take one.
describe("IdentityRegistry", () => {
  describe("pulseFor", () => {
    it("credits what a check-in by its owner in that block would, whoever sends, and answers it", async () => {
      const { registry, owner, stranger, born } = await loadFixture(registered);
      const before = await identity(registry, 1n);
      const { args } = await prepared(registry, owner);
      await at(born + 5n * DAY);
      await registry.connect(stranger).pulseFor(...args);
      const earned = { ownerKind: OwnerKind.Key, lastSeen: born + 5n * DAY, tenure: 5n * DAY };
      expect(await identity(registry, 1n)).to.deep.equal({ ...before, ...earned });
      const { args: again } = await prepared(registry, owner);
      await at(born + 6n * DAY);
      const answer = await registry.connect(stranger).pulseFor.staticCall(...again, { blockTag: "pending" });
      expect(answer).to.equal(6n * DAY);
    });

    it("lets a key earn that never had any ether", async () => {
      const { registry, stranger, born } = await loadFixture(registered);
      const penniless = ethers.Wallet.createRandom();
      await registry.connect(stranger)["register()"]();
      await rotate(registry, stranger, 3n, penniless);
      const { args } = await prepared(registry, penniless, { agentId: 3n, lastSeen: await registry.lastSeen(3) });
      await at(born + 3n * DAY);
      await registry.connect(stranger).pulseFor(...args);
      expect(await ethers.provider.getBalance(penniless)).to.equal(0n);
      expect(await registry.tenureOf(3)).to.equal((await now()) - (await registry.firstSeen(3)));
    });

    it("credits maxSilence at most, when it lands and not when it was signed", async () => {
      const { registry, owner, stranger, born } = await loadFixture(registered);
      const { args } = await prepared(registry, owner);
      await at(born + 3n * MAX_SILENCE);
      await registry.connect(stranger).pulseFor(...args);
      expect(await registry.tenureOf(1)).to.equal(MAX_SILENCE);
      expect(await registry.lastSeen(1)).to.equal(born + 3n * MAX_SILENCE);
    });

    it("logs the checkpoint and, of an owner that was proven, nothing else, zero included", async () => {
      const { registry, owner, stranger } = await loadFixture(registered);
      await registry.pulseFor(...(await prepared(registry, owner)).args);
      for (const checkpoint of [CHECKPOINT, ZeroHash]) {
        const { args } = await prepared(registry, owner, { checkpoint });
        expect(await logsOf(registry, registry.connect(stranger).pulseFor(...args))).to.deep.equal([
          ["Pulse", 1n, checkpoint],
        ]);
      }
    });

    it("uses no nonce up, nor its digest", async () => {
      const { registry, owner, stranger } = await loadFixture(registered);
      const { args, agentId, checkpoint, lastSeen, deadline } = await prepared(registry, owner);
      await registry.connect(stranger).pulseFor(...args);
      for (const key of [owner, stranger]) expect(await registry.nonceBitmap(key, 0n)).to.equal(0n);
      const message = { agentId, owner: owner.address, checkpoint, lastSeen, deadline };
      const digest = BigInt(TypedDataEncoder.hash(await domainOf(registry), PULSE, message));
      expect(await registry.nonceBitmap(owner, digest >> 8n)).to.equal(0n);
      const { args: next } = await prepared(registry, owner, { deadline });
      await at((await now()) + DAY);
      await registry.connect(owner).invalidateNonces(digest >> 8n, 1n << (digest & 0xffn));
      await registry.connect(stranger).pulseFor(...next); // it is the digest of the other one
    });

    it("makes void whatever was signed before, so that no older checkpoint comes after a newer one", async () => {
      const { registry, owner, stranger } = await loadFixture(registered);
      const older = await prepared(registry, owner, { checkpoint: ZeroHash });
      const newer = await prepared(registry, owner);
      await registry.connect(stranger).pulseFor(...newer.args);
      for (const { args } of [older, newer]) {
        await expect(registry.connect(stranger).pulseFor(...args))
          .to.be.revertedWithCustomError(registry, "InvalidSignature")
          .withArgs(owner.address);
      }
    });

    it("is void after a check-in by transaction too", async () => {
      const { registry, owner, stranger } = await loadFixture(registered);
      const { args } = await prepared(registry, owner);
      await registry.connect(owner).pulse(1, CHECKPOINT);
      await expect(registry.connect(stranger).pulseFor(...args))
        .to.be.revertedWithCustomError(registry, "InvalidSignature")
        .withArgs(owner.address);
    });

    it("refuses one in the second of the last check-in, which would leave the signature good for another time", async () => {
      const { registry, owner, stranger, born } = await loadFixture(registered);
      const seen = born + DAY;
      const { args } = await prepared(registry, owner, { lastSeen: seen });
      await at(seen);
      await registry.connect(owner).pulse(1, CHECKPOINT);
      expect(await registry.lastSeen(1)).to.equal(seen);
      await expect(registry.connect(stranger).pulseFor.staticCall(...args, { blockTag: "latest" }))
        .to.be.revertedWithCustomError(registry, "AlreadySeen")
        .withArgs(1n, seen);
      await at(seen + 1n);
      await registry.connect(stranger).pulseFor(...args);
      expect(await registry.tenureOf(1)).to.equal(DAY + 1n);
    });

    it("takes it in the last second of its deadline, and not one later", async () => {
      const { registry, owner, stranger } = await loadFixture(registered);
      const deadline = (await now()) + MINUTE;
      const { args } = await prepared(registry, owner, { deadline });
      const { restore } = await networkHelpers.takeSnapshot();
      await at(deadline + 1n);
      await expect(registry.connect(stranger).pulseFor(...args))
        .to.be.revertedWithCustomError(registry, "SignatureExpired")
        .withArgs(deadline);
      await restore();
      await at(deadline);
      await registry.connect(stranger).pulseFor(...args);
      expect(await registry.lastSeen(1)).to.equal(deadline);
    });

    for (const role of ["wallet", "approved", "operator", "guardian", "other", "stranger"] as const) {
      it(`refuses what the ${role} signed, as itself and in the owner's name`, async () => {
        const scene = await loadFixture(equipped);
        const { registry, owner } = scene;
        for (const named of [scene[role].address, owner.address]) {
          const { args } = await prepared(registry, scene[role], { owner: named });
          await expect(registry.connect(scene[role]).pulseFor(...args))
            .to.be.revertedWithCustomError(registry, "InvalidSignature")
            .withArgs(owner.address);
        }
      });
    }

    it("refuses what was signed for another identity or another checkpoint", async () => {
      const { registry, owner } = await loadFixture(registered);
      const { checkpoint, deadline, args } = await prepared(registry, owner);
      for (const [agentId, root] of [
        [2n, checkpoint],
        [1n, ZeroHash],
      ] as const) {
        await expect(registry.pulseFor(agentId, root, deadline, args[3])).to.be.revertedWithCustomError(
          registry,
          "InvalidSignature",
        );
      }
    });

    it("says how an identity stands before it looks at the signature", async () => {
      const { registry, owner } = await loadFixture(registered);
      await expect(registry.pulseFor(9n, CHECKPOINT, 0n, "0x"))
        .to.be.revertedWithCustomError(registry, "ERC721NonexistentToken")
        .withArgs(9n);
      const { args } = await prepared(registry, owner);
      await registry.connect(owner).suspend(1);
      await expect(registry.pulseFor(...args))
        .to.be.revertedWithCustomError(registry, "IdentitySuspended")
        .withArgs(1n);
      await registry.connect(owner).resume(1);
      await registry.pulseFor(...args);
    });

    it("is void after a rotation, and valid again in no other's hand", async () => {
      const { registry, owner, next } = await loadFixture(registered);
      const { args } = await prepared(registry, owner);
      await rotate(registry, owner, 1n, next);
      await expect(registry.pulseFor(...args))
        .to.be.revertedWithCustomError(registry, "InvalidSignature")
        .withArgs(next.address);
    });
  });
});

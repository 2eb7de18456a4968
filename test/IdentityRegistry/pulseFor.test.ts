import { expect } from "chai";
import { MaxUint256, type Signer, ZeroHash } from "ethers";
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
  now,
  registered,
} from "../utils/identity.ts";
import { equipped } from "../utils/identityScenes.ts";
import { rotate, signPulse } from "../utils/identitySigning.ts";
import { freeNonce } from "../utils/nonces.ts";

/** A check-in of identity 1, signed by `signer` as its owner unless said otherwise. */
async function prepared(
  registry: IdentityRegistry,
  signer: Signer,
  changes: Partial<Parameters<typeof signPulse>[2]> = {},
) {
  const owner = await signer.getAddress();
  const checkIn = {
    ...{ agentId: 1n, owner, checkpoint: CHECKPOINT },
    ...{ nonce: await freeNonce(registry, owner), deadline: (await now()) + 365n * DAY },
    ...changes,
  };
  const { agentId, checkpoint, nonce, deadline } = checkIn;
  const args = [agentId, checkpoint, nonce, deadline, await signPulse(registry, signer, checkIn)] as const;
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
      expect(await identity(registry, 1n)).to.deep.equal({ ...before, lastSeen: born + 5n * DAY, tenure: 5n * DAY });
      const { args: again } = await prepared(registry, owner);
      // A second one in the same second earns nothing, and answers the same.
      const answer = await registry.connect(stranger).pulseFor.staticCall(...again, { blockTag: "latest" });
      expect(answer).to.equal(5n * DAY);
    });

    it("lets a key earn that never had any ether", async () => {
      const { registry, stranger, born } = await loadFixture(registered);
      const penniless = ethers.Wallet.createRandom();
      await registry.connect(stranger)["register()"]();
      await rotate(registry, stranger, 3n, penniless);
      const { args } = await prepared(registry, penniless, { agentId: 3n });
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

    it("logs the checkpoint and nothing else, zero included", async () => {
      const { registry, owner, stranger } = await loadFixture(registered);
      for (const checkpoint of [CHECKPOINT, ZeroHash]) {
        const { args } = await prepared(registry, owner, { checkpoint });
        expect(await logsOf(registry, registry.connect(stranger).pulseFor(...args))).to.deep.equal([
          ["Pulse", 1n, checkpoint],
        ]);
      }
    });

    it("uses the owner's nonce up, and nobody else's", async () => {
      const { registry, owner, stranger } = await loadFixture(registered);
      const { args } = await prepared(registry, owner, { nonce: MaxUint256 });
      await registry.connect(stranger).pulseFor(...args);
      expect(await registry.nonceBitmap(owner, MaxUint256 >> 8n)).to.equal(1n << 255n);
      expect(await registry.nonceBitmap(stranger, MaxUint256 >> 8n)).to.equal(0n);
    });

    it("takes check-ins in any order, each once", async () => {
      const { registry, owner, stranger } = await loadFixture(registered);
      const signed = await Promise.all([0n, 1n, 2n].map((nonce) => prepared(registry, owner, { nonce })));
      for (const { args } of [...signed].reverse()) await registry.connect(stranger).pulseFor(...args);
      for (const { args, nonce } of signed) {
        await expect(registry.connect(stranger).pulseFor(...args))
          .to.be.revertedWithCustomError(registry, "NonceUsed")
          .withArgs(owner.address, nonce);
      }
    });

    it("takes it in the last second of its deadline, and not one later", async () => {
      const { registry, owner, stranger } = await loadFixture(registered);
      const deadline = (await now()) + MINUTE;
      const [first, second] = await Promise.all(
        [0n, 1n].map((nonce) => prepared(registry, owner, { nonce, deadline })),
      );
      if (first === undefined || second === undefined) throw new Error("two check-ins");
      await at(deadline);
      await registry.connect(stranger).pulseFor(...first.args);
      await expect(registry.connect(stranger).pulseFor(...second.args))
        .to.be.revertedWithCustomError(registry, "SignatureExpired")
        .withArgs(deadline);
    });

    for (const role of ["wallet", "approved", "operator", "guardian", "other", "stranger"] as const) {
      it(`refuses what the ${role} signed, as itself and in the owner's name`, async () => {
        const scene = await loadFixture(equipped);
        const { registry, owner } = scene;
        const nonce = await freeNonce(registry, owner.address);
        for (const named of [scene[role].address, owner.address]) {
          const { args } = await prepared(registry, scene[role], { owner: named, nonce });
          await expect(registry.connect(scene[role]).pulseFor(...args))
            .to.be.revertedWithCustomError(registry, "InvalidSignature")
            .withArgs(owner.address);
        }
        expect(await registry.isNonceUsed(owner, nonce)).to.equal(false);
      });
    }

    it("refuses what was signed for another identity or another checkpoint", async () => {
      const { registry, owner } = await loadFixture(registered);
      const { checkpoint, nonce, deadline, args } = await prepared(registry, owner);
      for (const [agentId, root] of [
        [2n, checkpoint],
        [1n, ZeroHash],
      ] as const) {
        await expect(registry.pulseFor(agentId, root, nonce, deadline, args[4])).to.be.revertedWithCustomError(
          registry,
          "InvalidSignature",
        );
      }
    });

    it("says how an identity stands before it looks at the signature", async () => {
      const { registry, owner } = await loadFixture(registered);
      await expect(registry.pulseFor(9n, CHECKPOINT, 0n, 0n, "0x"))
        .to.be.revertedWithCustomError(registry, "ERC721NonexistentToken")
        .withArgs(9n);
      const { args, nonce } = await prepared(registry, owner);
      await registry.connect(owner).suspend(1);
      await expect(registry.pulseFor(...args))
        .to.be.revertedWithCustomError(registry, "IdentitySuspended")
        .withArgs(1n);
      expect(await registry.isNonceUsed(owner, nonce)).to.equal(false);
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

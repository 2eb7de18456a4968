import { expect } from "chai";
import { ZeroAddress, ZeroHash } from "ethers";
import {
  at,
  CHECKPOINT,
  DAY,
  ethers,
  identity,
  inOneBlock,
  loadFixture,
  logsOf,
  MAX_SILENCE,
  now,
  registered,
  time,
} from "../utils/identity.ts";
import { equipped } from "../utils/identityScenes.ts";
import { giveWallet, rotate } from "../utils/identitySigning.ts";

/** Makes the next view happen in this very second. */
const readAt = (timestamp: bigint) => time.increaseTo(timestamp);

describe("IdentityRegistry", () => {
  describe("pulse", () => {
    for (const role of ["owner", "wallet", "approved", "operator"] as const) {
      it(`is open to the ${role === "approved" ? "approved address" : role}`, async () => {
        const scene = await loadFixture(equipped);
        const moment = (await now()) + 5n;
        await at(moment);
        await scene.registry.connect(scene[role]).pulse(1, CHECKPOINT);
        expect(await scene.registry.lastSeen(1)).to.equal(moment);
      });
    }

    for (const role of ["guardian", "other", "stranger"] as const) {
      it(`is closed to ${role === "other" ? "another identity's owner" : `the ${role}`}`, async () => {
        const scene = await loadFixture(equipped);
        await expect(scene.registry.connect(scene[role]).pulse(1, CHECKPOINT))
          .to.be.revertedWithCustomError(scene.registry, "NotAuthorized")
          .withArgs(1n, scene[role].address);
      });
    }

    it("is closed to the wallet of another identity: a wallet serves one", async () => {
      const { registry, other, wallet } = await loadFixture(registered);
      await giveWallet(registry, other, 2n, wallet);
      await expect(registry.connect(wallet).pulse(1, CHECKPOINT))
        .to.be.revertedWithCustomError(registry, "NotAuthorized")
        .withArgs(1n, wallet.address);
    });

    it("is closed to nobody: the zero address, which a simulation names by default, is no unset wallet", async () => {
      const { registry } = await loadFixture(registered);
      const simulated = registry.connect(ethers.provider);
      await expect(simulated.pulse.staticCall(1, CHECKPOINT, { from: ZeroAddress }))
        .to.be.revertedWithCustomError(registry, "NotAuthorized")
        .withArgs(1n, ZeroAddress);
    });

    it("logs the checkpoint and nothing else, zero included", async () => {
      const { registry, owner } = await loadFixture(registered);
      for (const checkpoint of [CHECKPOINT, ZeroHash]) {
        expect(await logsOf(registry, registry.connect(owner).pulse(1, checkpoint))).to.deep.equal([
          ["Pulse", 1n, checkpoint],
        ]);
      }
    });

    it("changes only when the identity was last seen", async () => {
      const { registry, owner, born } = await loadFixture(equipped);
      const before = await identity(registry, 1n);
      await at(born + 5n * DAY);
      await registry.connect(owner).pulse(1, CHECKPOINT);
      expect(await identity(registry, 1n)).to.deep.equal({ ...before, lastSeen: born + 5n * DAY, tenure: 5n * DAY });
    });

    it("touches no other identity", async () => {
      const { registry, owner } = await loadFixture(registered);
      const lastSeen = await registry.lastSeen(2);
      await registry.connect(owner).pulse(1, CHECKPOINT);
      expect(await registry.lastSeen(2)).to.equal(lastSeen);
    });
  });

  describe("tenureOf", () => {
    it("is nothing without a check-in, however long it waits, while the age goes on", async () => {
      const { registry, born } = await loadFixture(registered);
      for (const silence of [100n, MAX_SILENCE, 3_650n * DAY]) {
        await readAt(born + silence);
        expect(await registry.tenureOf(1)).to.equal(0n);
        expect(await registry.ageOf(1)).to.equal(silence);
      }
    });

    for (const [what, silence, tenure] of [
      ["each second of a short silence", 100n, 100n],
      ["the whole of a silence of maxSilence", MAX_SILENCE, MAX_SILENCE],
      ["no second more of maxSilence + 1", MAX_SILENCE + 1n, MAX_SILENCE],
      ["no second more of ten years", 3_650n * DAY, MAX_SILENCE],
    ] as const) {
      it(`is credited ${what} by a check-in, which answers it, and then stays`, async () => {
        const { registry, owner, born } = await loadFixture(registered);
        await at(born + silence);
        await registry.connect(owner).pulse(1, ZeroHash);
        // A second one in the same second earns nothing, and answers the same.
        expect(await registry.connect(owner).pulse.staticCall(1, ZeroHash, { blockTag: "latest" })).to.equal(tenure);
        expect(await registry.tenureOf(1)).to.equal(tenure);
        await readAt(born + silence + 100n * DAY);
        expect(await registry.tenureOf(1)).to.equal(tenure);
        expect(await registry.firstSeen(1)).to.equal(born);
      });
    }

    it("adds the losses of several silences up", async () => {
      const { registry, owner, born } = await loadFixture(registered);
      let moment = born;
      for (const silence of [MAX_SILENCE + 7n, 3n * DAY, MAX_SILENCE * 10n, MAX_SILENCE]) {
        moment += silence;
        await at(moment);
        await registry.connect(owner).pulse(1, ZeroHash);
      }
      const lost = 7n + 9n * MAX_SILENCE;
      expect(await registry.tenureOf(1)).to.equal(moment - born - lost);
      await readAt(moment + 2n * MAX_SILENCE);
      expect(await registry.tenureOf(1)).to.equal(moment - born - lost);
    });

    it("credits no second twice, however often the identity checks in", async () => {
      const { registry, owner, born } = await loadFixture(registered);
      for (let i = 1n; i <= 20n; ++i) {
        await at(born + 100n + i);
        await registry.connect(owner).pulse(1, ZeroHash);
      }
      expect(await registry.tenureOf(1)).to.equal(120n);
      expect(await registry.ageOf(1)).to.equal(120n);
    });

    it("credits nothing for a second check-in in the same block", async () => {
      const { registry, owner, born } = await loadFixture(registered);
      await readAt(born + 2n * MAX_SILENCE);
      const pulse = () => registry.connect(owner).pulse(1, ZeroHash, { gasLimit: 200_000 });
      expect(await inOneBlock(pulse, pulse)).to.deep.equal([1, 1]);
      expect(await registry.tenureOf(1)).to.equal(MAX_SILENCE);
      expect(await registry.lastSeen(1)).to.equal(await now());
    });

    it("goes on through a rotation", async () => {
      const { registry, owner, next, born } = await loadFixture(registered);
      await readAt(born + 2n * MAX_SILENCE);
      await rotate(registry, owner, 1n, next);
      await registry.connect(next).pulse(1, ZeroHash);
      expect(await registry.tenureOf(1)).to.equal(MAX_SILENCE);
      await at((await now()) + DAY);
      await registry.connect(next).pulse(1, ZeroHash);
      expect(await registry.tenureOf(1)).to.equal(MAX_SILENCE + DAY);
    });

    it("does not take a rotation, an edit or a suspension for a check-in", async () => {
      const { registry, owner, next, born } = await loadFixture(registered);
      await registry.connect(owner).setAgentURI(1, "x");
      await rotate(registry, owner, 1n, next);
      await registry.connect(next).suspend(1);
      await registry.connect(next).resume(1);
      expect(await registry.lastSeen(1)).to.equal(born);
    });

    it("stops at once with a suspension; a check-in after it credits maxSilence at most", async () => {
      const { registry, owner, born } = await loadFixture(registered);
      await at(born + DAY);
      await registry.connect(owner).pulse(1, ZeroHash);
      await registry.connect(owner).suspend(1);
      await readAt(born + 3n * MAX_SILENCE);
      expect(await registry.tenureOf(1)).to.equal(DAY);
      await registry.connect(owner).resume(1);
      expect(await registry.tenureOf(1)).to.equal(DAY);
      await registry.connect(owner).pulse(1, ZeroHash);
      expect(await registry.tenureOf(1)).to.equal(DAY + MAX_SILENCE);
    });
  });
});

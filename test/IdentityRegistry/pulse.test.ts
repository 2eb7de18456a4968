import { expect } from "chai";
import { ZeroHash } from "ethers";
import {
  at,
  CHECKPOINT,
  DAY,
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
import { rotate } from "../utils/identitySigning.ts";

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
    describe("given no check-in since the registration", () => {
      it("is nothing in the second of the registration", async () => {
        const { registry } = await loadFixture(registered);
        expect(await registry.firstSeen(2)).to.equal(await now());
        expect(await registry.tenureOf(2)).to.equal(0n);
      });

      for (const [what, silence, tenure] of [
        ["each second", 100n, 100n],
        ["the whole silence up to maxSilence", MAX_SILENCE, MAX_SILENCE],
        ["no second more after maxSilence + 1", MAX_SILENCE + 1n, MAX_SILENCE],
        ["no second more after ten years", 3_650n * DAY, MAX_SILENCE],
      ] as const) {
        it(`counts ${what}`, async () => {
          const { registry, born } = await loadFixture(registered);
          await readAt(born + silence);
          expect(await registry.tenureOf(1)).to.equal(tenure);
          expect(await registry.ageOf(1)).to.equal(silence);
        });
      }
    });

    it("loses nothing when a check-in ends a silence of exactly maxSilence", async () => {
      const { registry, owner, born } = await loadFixture(registered);
      await at(born + MAX_SILENCE);
      await registry.connect(owner).pulse(1, ZeroHash);
      expect(await registry.tenureOf(1)).to.equal(MAX_SILENCE);
      await readAt(born + MAX_SILENCE + 100n);
      expect(await registry.tenureOf(1)).to.equal(MAX_SILENCE + 100n);
    });

    it("loses one second when a check-in ends a silence of maxSilence + 1", async () => {
      const { registry, owner, born } = await loadFixture(registered);
      await at(born + MAX_SILENCE + 1n);
      await registry.connect(owner).pulse(1, ZeroHash);
      expect(await registry.tenureOf(1)).to.equal(MAX_SILENCE);
      await readAt(born + MAX_SILENCE + 1n + 100n);
      expect(await registry.tenureOf(1)).to.equal(MAX_SILENCE + 100n);
    });

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
      expect(await registry.tenureOf(1)).to.equal(moment - born - lost + MAX_SILENCE);
    });

    it("is the same in the second before a check-in and in the second of it, after a long silence", async () => {
      const { registry, owner, born } = await loadFixture(registered);
      await readAt(born + 2n * MAX_SILENCE);
      const before = await registry.tenureOf(1);
      await registry.connect(owner).pulse(1, ZeroHash);
      expect(await registry.tenureOf(1)).to.equal(before);
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
      const moment = await now();
      await readAt(moment + DAY);
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

    it("counts a suspension as silence: up to maxSilence of it", async () => {
      const { registry, owner, born } = await loadFixture(registered);
      await registry.connect(owner).suspend(1);
      await readAt(born + MAX_SILENCE);
      expect(await registry.tenureOf(1)).to.equal(MAX_SILENCE);
      await readAt(born + 3n * MAX_SILENCE);
      expect(await registry.tenureOf(1)).to.equal(MAX_SILENCE);
      await registry.connect(owner).resume(1);
      await registry.connect(owner).pulse(1, ZeroHash);
      expect(await registry.tenureOf(1)).to.equal(MAX_SILENCE);
    });
  });
});

import { expect } from "chai";
import { ZeroAddress } from "ethers";
import {
  at,
  identity,
  loadFixture,
  logsOf,
  now,
  RECOVERY_DELAY,
  registered,
  type Scene,
  Status,
  time,
} from "../utils/identity.ts";
import { equipped } from "../utils/identityScenes.ts";
import { rotate } from "../utils/identitySigning.ts";

/** Bit 251 of the record, which the registry of vouches goes by. */
const ARBITER = 1n << 251n;

/** As `equipped`, and identity 1 agreed to be named as arbiter. */
async function open(): Promise<Scene> {
  const scene = await equipped();
  await scene.registry.connect(scene.owner).setArbitration(1, true);
  return scene;
}

async function expectOpen({ registry }: Scene, isOpen: boolean): Promise<void> {
  expect((await registry.identityOf(1)).isArbiter).to.equal(isOpen);
  expect(((await registry.getRecord(1)) & ARBITER) !== 0n).to.equal(isOpen);
}

describe("IdentityRegistry", () => {
  describe("setArbitration", () => {
    it("is the owner's, changes nothing else, is logged, and is no check-in", async () => {
      const scene = await loadFixture(equipped);
      const { registry, owner } = scene;
      const before = await identity(registry, 1n);
      await time.increase(RECOVERY_DELAY);
      for (const isOpen of [true, false]) {
        expect(await logsOf(registry, registry.connect(owner).setArbitration(1, isOpen))).to.deep.equal([
          ["ArbitrationSet", 1n, isOpen],
        ]);
        expect(await identity(registry, 1n)).to.deep.equal({ ...before, isArbiter: isOpen });
        await expectOpen(scene, isOpen);
      }
    });

    for (const role of ["guardian", "wallet", "approved", "operator", "other", "stranger"] as const) {
      it(`is closed to the ${role}, to agree and to disagree`, async () => {
        for (const fixture of [equipped, open]) {
          const scene = await loadFixture(fixture);
          for (const isOpen of [true, false]) {
            await expect(scene.registry.connect(scene[role]).setArbitration(1, isOpen))
              .to.be.revertedWithCustomError(scene.registry, "NotOwner")
              .withArgs(1n, scene[role].address);
          }
        }
      });
    }

    it("is closed while suspended, to agree and to disagree", async () => {
      const { registry, owner, guardian } = await loadFixture(open);
      await registry.connect(owner).suspend(1);
      for (const by of [owner, guardian]) {
        for (const isOpen of [true, false]) {
          await expect(registry.connect(by).setArbitration(1, isOpen))
            .to.be.revertedWithCustomError(registry, "IdentitySuspended")
            .withArgs(1n);
        }
      }
    });
  });

  describe("who agreed to be named as arbiter", () => {
    it("is nobody by registering", async () => {
      await expectOpen(await loadFixture(registered), false);
    });

    it("stays one through a check-in, a suspension, in which it is told too, and its end", async () => {
      const scene = await loadFixture(open);
      const { registry, owner, guardian } = scene;
      await registry.connect(owner).pulse(1, `0x${"00".repeat(32)}`);
      await expectOpen(scene, true);
      await registry.connect(guardian).suspend(1);
      await expectOpen(scene, true);
      await registry.connect(guardian).resume(1);
      await expectOpen(scene, true);
    });

    it("stays one through a rotation, and nobody becomes one by it", async () => {
      for (const fixture of [open, equipped]) {
        const scene = await loadFixture(fixture);
        await rotate(scene.registry, scene.owner, 1n, scene.next);
        await expectOpen(scene, fixture === open);
      }
    });

    it("stays one through a recovery, of an active or a suspended identity", async () => {
      for (const isSuspended of [false, true]) {
        const scene = await loadFixture(open);
        const { registry, guardian, candidate } = scene;
        if (isSuspended) await registry.connect(guardian).suspend(1);
        await registry.connect(guardian).proposeRecovery(1, candidate);
        await at((await now()) + RECOVERY_DELAY);
        await registry.connect(candidate).claimRecovery(1);
        await expectOpen(scene, true);
      }
    });

    it("is none any more once it has retired, nor is its record that of a key", async () => {
      const scene = await loadFixture(registered);
      const { registry, owner } = scene;
      await registry.connect(owner).setArbitration(1, true);
      await registry.connect(owner).retire(1);
      await expectOpen(scene, false);
      const { owner: nobody, status } = await registry.identityOf(1);
      expect([nobody, status]).to.deep.equal([ZeroAddress, Status.Retired]);
      // Above the key epoch: the status, and neither of the two marks.
      expect((await registry.getRecord(1)) >> 248n).to.equal(Status.Retired);
    });
  });
});

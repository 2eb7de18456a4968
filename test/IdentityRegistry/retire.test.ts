import { expect } from "chai";
import { id as hashOf, ZeroAddress, ZeroHash } from "ethers";
import {
  at,
  ChangeKind,
  DAY,
  identity,
  inOneBlock,
  KeyRole,
  loadFixture,
  logsOf,
  MAX_SILENCE,
  NO_CHANGE,
  now,
  pendingOf,
  RECOVERY_DELAY,
  register,
  registered,
  Status,
  time,
  UNOWNED,
  URI,
} from "../utils/identity.ts";
import { equipped, retired, suspended } from "../utils/identityScenes.ts";
import { giveWallet, rotate } from "../utils/identitySigning.ts";

const WALLET_KEY = "agentWallet";
const logs = (owner: string) => [
  ["Transfer", owner, ZeroAddress, 1n],
  ["Retired", 1n],
  ["MetadataSet", 1n, hashOf(WALLET_KEY), WALLET_KEY, "0x"],
];

describe("IdentityRegistry", () => {
  describe("retire", () => {
    describe("given no guardian", () => {
      it("ends the identity at once, and logs Transfer to zero, Retired and an empty wallet", async () => {
        const { registry, owner } = await loadFixture(registered);
        expect(await logsOf(registry, registry.connect(owner).retire(1))).to.deep.equal(logs(owner.address));
        expect((await registry.identityOf(1)).status).to.equal(Status.Retired);
      });

      it("needs no second call: it reverts", async () => {
        const { registry, owner } = await loadFixture(retired);
        await expect(registry.connect(owner).retire(1))
          .to.be.revertedWithCustomError(registry, "IdentityRetired")
          .withArgs(1n);
      });
    });

    describe("given a guardian", () => {
      it("proposes by the first call, and the identity lives on", async () => {
        const { registry, owner } = await loadFixture(equipped);
        const moment = (await now()) + 10n;
        await at(moment);
        expect(await logsOf(registry, registry.connect(owner).retire(1))).to.deep.equal([
          ["ChangeProposed", 1n, ChangeKind.Retirement, ZeroAddress, moment + RECOVERY_DELAY],
        ]);
        expect((await registry.identityOf(1)).status).to.equal(Status.Active);
        await registry.connect(owner).pulse(1, ZeroHash);
      });

      it("ends it by a second call in the second that it is ready", async () => {
        const { registry, owner } = await loadFixture(equipped);
        await registry.connect(owner).retire(1);
        await at((await now()) + RECOVERY_DELAY);
        expect(await logsOf(registry, registry.connect(owner).retire(1))).to.deep.equal(logs(owner.address));
        expect((await registry.identityOf(1)).status).to.equal(Status.Retired);
      });

      it("refuses a second earlier", async () => {
        const { registry, owner } = await loadFixture(equipped);
        await registry.connect(owner).retire(1);
        const readyAt = (await now()) + RECOVERY_DELAY;
        await at(readyAt - 1n);
        await expect(registry.connect(owner).retire(1))
          .to.be.revertedWithCustomError(registry, "ChangeNotReady")
          .withArgs(1n, readyAt);
      });

      it("takes a call after it expired for a first one: a thief must not complete what was forgotten years ago", async () => {
        const { registry, owner } = await loadFixture(equipped);
        await registry.connect(owner).retire(1);
        const moment = (await now()) + 2n * RECOVERY_DELAY + 1n;
        await at(moment);
        await registry.connect(owner).retire(1);
        expect((await registry.identityOf(1)).status).to.equal(Status.Active);
        expect(await pendingOf(registry, 1n)).to.deep.equal([
          ChangeKind.Retirement,
          ZeroAddress,
          moment + RECOVERY_DELAY,
        ]);
      });

      it("refuses the second call while suspended: the guardian can stop a thief either way", async () => {
        const { registry, owner, guardian } = await loadFixture(equipped);
        await registry.connect(owner).retire(1);
        await registry.connect(guardian).suspend(1);
        await at((await now()) + RECOVERY_DELAY);
        await expect(registry.connect(owner).retire(1))
          .to.be.revertedWithCustomError(registry, "IdentitySuspended")
          .withArgs(1n);
        await registry.connect(guardian).resume(1);
        await registry.connect(owner).retire(1);
        expect((await registry.identityOf(1)).status).to.equal(Status.Retired);
      });
    });

    it("is closed while suspended, without a guardian too", async () => {
      const { registry, owner } = await loadFixture(registered);
      await registry.connect(owner).suspend(1);
      await expect(registry.connect(owner).retire(1))
        .to.be.revertedWithCustomError(registry, "IdentitySuspended")
        .withArgs(1n);
      const guarded = await loadFixture(suspended);
      await expect(guarded.registry.connect(guarded.owner).retire(1))
        .to.be.revertedWithCustomError(guarded.registry, "IdentitySuspended")
        .withArgs(1n);
    });

    for (const role of ["guardian", "wallet", "approved", "operator", "other", "stranger"] as const) {
      it(`is closed to the ${role}`, async () => {
        const scene = await loadFixture(equipped);
        await expect(scene.registry.connect(scene[role]).retire(1))
          .to.be.revertedWithCustomError(scene.registry, "NotOwner")
          .withArgs(1n, scene[role].address);
      });
    }
  });

  describe("a retired identity", () => {
    it("keeps its record, without owner, wallet, guardian and waiting change", async () => {
      const { registry, owner, born } = await loadFixture(equipped);
      await registry.connect(owner).retire(1);
      const moment = (await now()) + RECOVERY_DELAY;
      await at(moment);
      await registry.connect(owner).retire(1);
      expect(await identity(registry, 1n)).to.deep.equal({
        id: 1n,
        owner: ZeroAddress,
        wallet: ZeroAddress,
        guardian: ZeroAddress,
        status: Status.Retired,
        ...UNOWNED,
        keyEpoch: 0n,
        keySince: 0n,
        firstSeen: born,
        lastSeen: born,
        tenure: 0n,
        pending: NO_CHANGE,
      });
      expect(await pendingOf(registry, 1n)).to.deep.equal(NO_CHANGE);
    });

    it("has the tenure of its last check-in for ever, while its age goes on", async () => {
      const { registry, owner, born } = await loadFixture(registered);
      await at(born + 10n * DAY);
      await registry.connect(owner).pulse(1, ZeroHash);
      await registry.connect(owner).retire(1);
      for (const later of [0n, 1n, MAX_SILENCE, 100n * MAX_SILENCE]) {
        const moment = born + 10n * DAY + 1n + later;
        if (later > 0n) await time.increaseTo(moment);
        expect(await registry.tenureOf(1)).to.equal(10n * DAY);
        expect(await registry.ageOf(1)).to.equal(moment - born);
        expect(await registry.firstSeen(1)).to.equal(born);
        expect(await registry.lastSeen(1)).to.equal(born + 10n * DAY);
      }
    });

    it("is credited nothing for its retirement, which is no check-in", async () => {
      const { registry, owner, born } = await loadFixture(registered);
      await at(born + MAX_SILENCE);
      await registry.connect(owner).retire(1);
      expect(await registry.tenureOf(1)).to.equal(0n);
      expect(await registry.lastSeen(1)).to.equal(born);
    });

    it("keeps when it was first seen, after a rotation too", async () => {
      const { registry, owner, other, next, born } = await loadFixture(registered);
      const second = await registry.firstSeen(2);
      await rotate(registry, owner, 1n, next);
      await registry.connect(next).retire(1);
      await registry.connect(other).retire(2);
      expect([await registry.firstSeen(1), await registry.firstSeen(2)]).to.deep.equal([born, second]);
    });

    it("is no token any more", async () => {
      const { registry, owner } = await loadFixture(retired);
      for (const view of ["ownerOf", "tokenURI", "getApproved", "locked"] as const) {
        await expect(registry.getFunction(view)(1))
          .to.be.revertedWithCustomError(registry, "ERC721NonexistentToken")
          .withArgs(1n);
      }
      await expect(registry.isAuthorizedOrOwner(owner, 1))
        .to.be.revertedWithCustomError(registry, "ERC721NonexistentToken")
        .withArgs(1n);
      expect(await registry.balanceOf(owner)).to.equal(0n);
      expect(await registry.totalSupply()).to.equal(1n);
      expect(await registry.totalRegistered()).to.equal(2n);
    });

    it("has no URI even if it had set one", async () => {
      const { registry, owner } = await loadFixture(registered);
      await registry.connect(owner).setAgentURI(1, URI);
      await registry.connect(owner).retire(1);
      await expect(registry.tokenURI(1)).to.be.revertedWithCustomError(registry, "ERC721NonexistentToken").withArgs(1n);
    });

    it("burnt its key, and freed its wallet", async () => {
      const { registry, owner, other, wallet } = await loadFixture(registered);
      await giveWallet(registry, owner, 1n, wallet);
      await registry.connect(owner).retire(1);
      expect(await registry.resolve(owner)).to.deep.equal([1n, KeyRole.Former, await now()]);
      expect(await registry.resolve(wallet)).to.deep.equal([0n, KeyRole.None, 0n]);
      await giveWallet(registry, other, 2n, wallet);
      expect(await registry.getAgentWallet(2)).to.equal(wallet.address);
    });

    it("has no power in the very block of its retirement", async () => {
      const { registry, owner } = await loadFixture(registered);
      const gas = { gasLimit: 300_000 };
      const outcome = await inOneBlock(
        () => registry.connect(owner).retire(1, gas),
        () => registry.connect(owner).pulse(1, ZeroHash, gas),
        () => registry.connect(owner)["register()"](gas),
      );
      expect(outcome).to.deep.equal([1, 0, 0]);
    });

    it("does not give its number away", async () => {
      const { registry, stranger } = await loadFixture(retired);
      await register(registry, stranger);
      expect(await registry.ownerOf(3)).to.equal(stranger.address);
      expect(await registry.totalSupply()).to.equal(2n);
    });

    it("keeps what other contracts read, without an owner", async () => {
      const { registry, born } = await loadFixture(retired);
      const record = await registry.getRecord(1);
      expect(record & ((1n << 160n) - 1n)).to.equal(0n);
      expect((record >> 160n) & ((1n << 40n) - 1n)).to.equal(born);
      expect((record >> 248n) & 3n).to.equal(Status.Retired);
    });
  });
});

import { expect } from "chai";
import { MaxUint256, ZeroAddress } from "ethers";
import {
  CHECKPOINT,
  DAY,
  empty,
  identity,
  KeyRole,
  loadFixture,
  logsOf,
  MAX_SILENCE,
  NO_CHANGE,
  now,
  register,
  registered,
  Status,
  time,
  UNOWNED,
  UNPROVEN,
} from "../utils/identity.ts";
import { equipped, suspended } from "../utils/identityScenes.ts";
import { giveWallet, rotate } from "../utils/identitySigning.ts";

/** Ids that nobody has: zero, the next, and ones that would be another's if anything were cut to 40 bits. */
const unknownIds = [0n, 3n, 2n ** 40n, 2n ** 40n + 1n, 2n ** 160n + 1n, MaxUint256];

/** The record's fields, taken apart by the layout that `IdentityRecord` documents. */
function unpack(record: bigint) {
  const field = (offset: bigint, bits: bigint) => (record >> offset) & ((1n << bits) - 1n);
  return {
    owner: field(0n, 160n),
    tenureStart: field(160n, 40n),
    lastSeen: field(200n, 40n),
    keyEpoch: field(240n, 8n),
    status: field(248n, 2n),
    isKeyOwned: field(250n, 1n),
    isArbiter: field(251n, 1n),
    spare: field(252n, 4n),
  };
}

describe("IdentityRegistry", () => {
  describe("views of an unknown id", () => {
    for (const id of unknownIds) {
      it(`answer nothing for ${id}, without a revert`, async () => {
        const { registry } = await loadFixture(registered);
        expect(await identity(registry, id)).to.deep.equal({
          id: 0n,
          owner: ZeroAddress,
          wallet: ZeroAddress,
          guardian: ZeroAddress,
          status: Status.None,
          ...UNOWNED,
          keyEpoch: 0n,
          keySince: 0n,
          firstSeen: 0n,
          lastSeen: 0n,
          tenure: 0n,
          pending: NO_CHANGE,
        });
        expect(await registry.getRecord(id)).to.equal(0n);
        expect(await registry.firstSeen(id)).to.equal(0n);
        expect(await registry.lastSeen(id)).to.equal(0n);
        expect(await registry.ageOf(id)).to.equal(0n);
        expect(await registry.tenureOf(id)).to.equal(0n);
        expect(await registry.getAgentWallet(id)).to.equal(ZeroAddress);
        expect(await registry.getMetadata(id, "agentWallet")).to.equal("0x");
        expect(await registry.identityPair(id, id)).to.deep.equal([0n, 0n]);
        expect(await registry.guardianOf(id)).to.equal(ZeroAddress);
      });

      it(`revert for ${id} where ERC-721, ERC-5192 or ERC-8004 wants it`, async () => {
        const { registry, owner } = await loadFixture(registered);
        for (const view of ["ownerOf", "tokenURI", "getApproved", "locked"] as const) {
          await expect(registry.getFunction(view)(id))
            .to.be.revertedWithCustomError(registry, "ERC721NonexistentToken")
            .withArgs(id);
        }
        for (const spender of [owner.address, ZeroAddress]) {
          await expect(registry.isAuthorizedOrOwner(spender, id))
            .to.be.revertedWithCustomError(registry, "ERC721NonexistentToken")
            .withArgs(id);
        }
      });
    }
  });

  describe("identityOf", () => {
    it("answers everything of an equipped identity", async () => {
      const { registry, owner, wallet, guardian, born } = await loadFixture(equipped);
      expect(await identity(registry, 1n)).to.deep.equal({
        id: 1n,
        owner: owner.address,
        wallet: wallet.address,
        guardian: guardian.address,
        status: Status.Active,
        ...UNPROVEN,
        keyEpoch: 0n,
        keySince: born,
        firstSeen: born,
        lastSeen: born,
        tenure: 0n,
        pending: NO_CHANGE,
      });
    });

    it("answers the same facts as the views of one fact", async () => {
      const { registry, owner, next, born } = await loadFixture(equipped);
      await time.increaseTo(born + 2n * MAX_SILENCE);
      await registry.connect(owner).pulse(1, CHECKPOINT);
      await rotate(registry, owner, 1n, next);
      await time.increase(DAY);
      const facts = await registry.identityOf(1);
      expect(facts.owner).to.equal(await registry.ownerOf(1));
      expect(facts.wallet).to.equal(await registry.getAgentWallet(1));
      expect(facts.firstSeen).to.equal(await registry.firstSeen(1));
      expect(facts.lastSeen).to.equal(await registry.lastSeen(1));
      expect(facts.tenure).to.equal(await registry.tenureOf(1));
      expect(facts.keySince).to.equal((await registry.resolve(facts.owner)).since);
    });
  });

  describe("resolve", () => {
    it("answers nothing for an address that never was a key", async () => {
      const { registry, stranger, guardian, approved, operator } = await loadFixture(equipped);
      for (const address of [stranger.address, guardian.address, approved.address, operator.address, ZeroAddress]) {
        expect(await registry.resolve(address)).to.deep.equal([0n, KeyRole.None, 0n]);
      }
    });

    it("knows owner, wallet and former key, and since when", async () => {
      const { registry, owner, wallet, next, born } = await loadFixture(registered);
      expect(await registry.resolve(owner)).to.deep.equal([1n, KeyRole.Owner, born]);
      await rotate(registry, owner, 1n, next);
      const rotated = await now();
      await giveWallet(registry, next, 1n, wallet);
      const set = await now();
      await time.increase(DAY);
      expect(await registry.resolve(owner)).to.deep.equal([1n, KeyRole.Former, rotated]);
      expect(await registry.resolve(next)).to.deep.equal([1n, KeyRole.Owner, rotated]);
      expect(await registry.resolve(wallet)).to.deep.equal([1n, KeyRole.Wallet, set]);
    });
  });

  describe("getRecord", () => {
    it("answers owner, times, key epoch, status and marks in the documented places", async () => {
      const { registry, owner, next, born } = await loadFixture(registered);
      await registry.connect(owner).pulse(1, CHECKPOINT);
      const seen = await now();
      await rotate(registry, owner, 1n, next);
      expect(unpack(await registry.getRecord(1))).to.deep.equal({
        owner: BigInt(next.address),
        tenureStart: born,
        lastSeen: seen,
        keyEpoch: 1n,
        status: Status.Active,
        isKeyOwned: 1n,
        isArbiter: 0n,
        spare: 0n,
      });
    });

    it("moves the start of tenure by what a silence lost, and no other identity's", async () => {
      const { registry, owner, born } = await loadFixture(registered);
      await time.increaseTo(born + MAX_SILENCE);
      const other = await registry.getRecord(2);
      await registry.connect(owner).pulse(1, CHECKPOINT); // a second later
      expect(unpack(await registry.getRecord(1)).tenureStart).to.equal(born + 1n);
      await registry.connect(owner).pulse(1, CHECKPOINT);
      expect(unpack(await registry.getRecord(1)).tenureStart).to.equal(born + 1n);
      expect(await registry.getRecord(2)).to.equal(other);
      expect(await registry.firstSeen(1)).to.equal(born);
    });

    it("marks an identity that may be named as arbiter, until it may not", async () => {
      const { registry, owner } = await loadFixture(registered);
      for (const isOpen of [true, true, false]) {
        expect(await logsOf(registry, registry.connect(owner).setArbitration(1, isOpen))).to.deep.equal([
          ["ArbitrationSet", 1n, isOpen],
        ]);
        expect(unpack(await registry.getRecord(1)).isArbiter).to.equal(isOpen ? 1n : 0n);
        expect((await registry.identityOf(1)).isArbiter).to.equal(isOpen);
      }
    });

    it("follows a suspension", async () => {
      const { registry } = await loadFixture(suspended);
      expect(unpack(await registry.getRecord(1)).status).to.equal(Status.Suspended);
    });
  });

  describe("identityPair", () => {
    it("answers both records, in the order asked", async () => {
      const { registry } = await loadFixture(registered);
      const [first, second] = [await registry.getRecord(1), await registry.getRecord(2)];
      expect(await registry.identityPair(1, 2)).to.deep.equal([first, second]);
      expect(await registry.identityPair(2, 1)).to.deep.equal([second, first]);
    });

    it("answers zero for an unknown one, in its place", async () => {
      const { registry } = await loadFixture(registered);
      const first = await registry.getRecord(1);
      expect(await registry.identityPair(1, 9)).to.deep.equal([first, 0n]);
      expect(await registry.identityPair(9, 1)).to.deep.equal([0n, first]);
    });
  });

  describe("totalRegistered and totalSupply", () => {
    it("count who ever registered, and who has not retired", async () => {
      const { registry, owner, other, stranger } = await loadFixture(empty);
      const counts: bigint[][] = [];
      const count = async () => counts.push([await registry.totalRegistered(), await registry.totalSupply()]);
      for (const someone of [owner, other, stranger]) await register(registry, someone).then(count);
      await registry.connect(other).retire(2).then(count);
      await registry.connect(owner).suspend(1).then(count);
      expect(counts).to.deep.equal([
        [1n, 1n],
        [2n, 2n],
        [3n, 3n],
        [3n, 2n],
        [3n, 2n],
      ]);
    });
  });

  describe("nonces", () => {
    it("are unused for everybody who registered nobody by signature", async () => {
      const { registry, owner, stranger } = await loadFixture(registered);
      for (const key of [owner, stranger]) {
        expect(await registry.nonceBitmap(key, 0n)).to.equal(0n);
        expect(await registry.isNonceUsed(key, MaxUint256)).to.equal(false);
      }
    });
  });

  describe("guardianOf", () => {
    it("answers the guardian, and zero where there is none", async () => {
      const { registry, guardian } = await loadFixture(equipped);
      expect(await registry.guardianOf(1)).to.equal(guardian.address);
      expect(await registry.guardianOf(2)).to.equal(ZeroAddress);
    });
  });

  describe("isAuthorizedOrOwner", () => {
    for (const [role, answer] of [
      ["owner", true],
      ["approved", true],
      ["operator", true],
      ["wallet", false],
      ["guardian", false],
      ["other", false],
      ["stranger", false],
    ] as const) {
      it(`is ${answer} for the ${role}`, async () => {
        const scene = await loadFixture(equipped);
        expect(await scene.registry.isAuthorizedOrOwner(scene[role], 1)).to.equal(answer);
      });
    }

    it("is false for zero, where nobody is approved and no wallet is set", async () => {
      const { registry } = await loadFixture(registered);
      expect(await registry.isAuthorizedOrOwner(ZeroAddress, 1)).to.equal(false);
    });

    it("answers for one identity: the wallet of another is a stranger", async () => {
      const { registry, wallet, approved, owner } = await loadFixture(equipped);
      for (const spender of [wallet, approved, owner]) {
        expect(await registry.isAuthorizedOrOwner(spender, 2)).to.equal(false);
      }
    });
  });
});

import { expect } from "chai";
import { id as hashOf, MaxUint256, type Signer, ZeroAddress } from "ethers";
import type { IdentityRegistry } from "../../types/ethers-contracts/index.js";
import {
  at,
  empty,
  ethers,
  identity,
  KEY_OWNED,
  KeyRole,
  loadFixture,
  logsOf,
  MINUTE,
  NO_CHANGE,
  now,
  register,
  registered,
  Status,
  URI,
} from "../utils/identity.ts";
import { retired } from "../utils/identityScenes.ts";
import { domainOf, giveWallet, REGISTER, registerBySignature, rotate } from "../utils/identitySigning.ts";

// What makes a signature count is asked in consent.ts, of all three functions that take one.
describe("IdentityRegistry", () => {
  describe("registerFor", () => {
    async function consent(registry: IdentityRegistry, owner: Signer, nonce: bigint, agentURI = URI) {
      const deadline = (await now()) + 100n * MINUTE;
      const message = { owner: await owner.getAddress(), agentURI, nonce, deadline };
      return { deadline, signature: await owner.signTypedData(await domainOf(registry), REGISTER, message) };
    }

    describe("given the owner's consent", () => {
      it("makes the signer the owner, whoever sends", async () => {
        const { registry, owner, stranger } = await loadFixture(empty);
        const { deadline, signature } = await consent(registry, owner, 0n);
        const born = (await now()) + 10n;
        await at(born);
        await registry.connect(stranger).registerFor(owner, URI, 0n, deadline, signature);
        expect(await identity(registry, 1n)).to.deep.equal({
          id: 1n,
          owner: owner.address,
          wallet: owner.address,
          guardian: ZeroAddress,
          status: Status.Active,
          ...KEY_OWNED,
          keyEpoch: 0n,
          keySince: born,
          firstSeen: born,
          lastSeen: born,
          tenure: 0n,
          pending: NO_CHANGE,
        });
        expect(await registry.tokenURI(1)).to.equal(URI);
        expect(await registry.resolve(stranger)).to.deep.equal([0n, KeyRole.None, 0n]);
      });

      it("logs what register(string) logs, and that the owner is a key", async () => {
        const { registry, owner, stranger } = await loadFixture(empty);
        expect(await logsOf(registry, registerBySignature(registry, stranger, owner, URI))).to.deep.equal([
          ["Transfer", ZeroAddress, owner.address, 1n],
          ["Locked", 1n],
          ["Registered", 1n, URI, owner.address],
          ["MetadataSet", 1n, hashOf("agentWallet"), "agentWallet", owner.address.toLowerCase()],
          ["OwnerProven", 1n, owner.address],
        ]);
      });

      it("answers the new id", async () => {
        const { registry, stranger } = await loadFixture(registered);
        const { deadline, signature } = await consent(registry, stranger, 0n);
        expect(await registry.registerFor.staticCall(stranger, URI, 0n, deadline, signature)).to.equal(3n);
      });

      it("takes the empty URI", async () => {
        const { registry, owner, stranger } = await loadFixture(empty);
        await registerBySignature(registry, stranger, owner, "");
        expect(await registry.tokenURI(1)).to.match(/^data:application\/json;base64,/);
      });

      it("may be sent by the owner", async () => {
        const { registry, owner } = await loadFixture(empty);
        await registerBySignature(registry, owner, owner, URI);
        expect(await registry.ownerOf(1)).to.equal(owner.address);
      });

      it("uses the owner's nonce up, and nobody else's", async () => {
        const { registry, owner, stranger } = await loadFixture(empty);
        expect(await registry.isNonceUsed(owner, 0n)).to.equal(false);
        await registerBySignature(registry, stranger, owner, URI);
        expect(await registry.isNonceUsed(owner, 0n)).to.equal(true);
        expect(await registry.nonceBitmap(owner, 0n)).to.equal(1n);
        expect(await registry.nonceBitmap(stranger, 0n)).to.equal(0n);
      });

      it("may come from a smart account, by ERC-1271", async () => {
        const { registry, owner, stranger } = await loadFixture(empty);
        const account = await ethers.deployContract("SmartAccount", [owner.address]);
        const address = await account.getAddress();
        const deadline = (await now()) + MINUTE;
        const message = { owner: address, agentURI: URI, nonce: 0n, deadline };
        const signature = await owner.signTypedData(await domainOf(registry), REGISTER, message);
        await registry.connect(stranger).registerFor(address, URI, 0n, deadline, signature);
        expect(await registry.ownerOf(1)).to.equal(address);
        expect(await registry.resolve(owner)).to.deep.equal([0n, KeyRole.None, 0n]);
      });
    });

    it("refuses a signature that was used", async () => {
      const { registry, owner } = await loadFixture(empty);
      const { deadline, signature } = await consent(registry, owner, 0n);
      await registry.registerFor(owner, URI, 0n, deadline, signature);
      await expect(registry.registerFor(owner, URI, 0n, deadline, signature))
        .to.be.revertedWithCustomError(registry, "NonceUsed")
        .withArgs(owner.address, 0n);
    });

    it("takes any nonce, the greatest too, and keeps it in its word", async () => {
      const { registry, owner } = await loadFixture(empty);
      const { deadline, signature } = await consent(registry, owner, MaxUint256);
      await registry.registerFor(owner, URI, MaxUint256, deadline, signature);
      expect(await registry.nonceBitmap(owner, MaxUint256 >> 8n)).to.equal(1n << 255n);
    });

    it("refuses a signature that its owner made void by invalidateNonces, which logs the mask", async () => {
      const { registry, owner, stranger } = await loadFixture(empty);
      const { deadline, signature } = await consent(registry, owner, 0n);
      await registry.connect(stranger).invalidateNonces(0n, 1n);
      expect(await logsOf(registry, registry.connect(owner).invalidateNonces(0n, 5n))).to.deep.equal([
        ["NoncesInvalidated", owner.address, 0n, 5n],
      ]);
      await expect(registry.connect(stranger).registerFor(owner, URI, 0n, deadline, signature))
        .to.be.revertedWithCustomError(registry, "NonceUsed")
        .withArgs(owner.address, 0n);
      await registerBySignature(registry, stranger, owner, URI);
      expect(await registry.ownerOf(1)).to.equal(owner.address);
    });

    it("refuses a signature over another nonce", async () => {
      const { registry, owner } = await loadFixture(empty);
      const { deadline, signature } = await consent(registry, owner, 1n);
      await expect(registry.registerFor(owner, URI, 0n, deadline, signature))
        .to.be.revertedWithCustomError(registry, "InvalidSignature")
        .withArgs(owner.address);
      expect(await registry.nonceBitmap(owner, 0n)).to.equal(0n);
    });

    it("refuses the zero address", async () => {
      const { registry } = await loadFixture(empty);
      const deadline = (await now()) + MINUTE;
      for (const signature of ["0x", `0x${"00".repeat(65)}`]) {
        await expect(registry.registerFor(ZeroAddress, URI, 0n, deadline, signature))
          .to.be.revertedWithCustomError(registry, "InvalidSignature")
          .withArgs(ZeroAddress);
      }
    });

    it("refuses an owner that registered without a signature meanwhile", async () => {
      const { registry, owner, stranger } = await loadFixture(empty);
      const { deadline, signature } = await consent(registry, owner, 0n);
      await register(registry, owner);
      await expect(registry.connect(stranger).registerFor(owner, URI, 0n, deadline, signature))
        .to.be.revertedWithCustomError(registry, "AlreadyRegistered")
        .withArgs(owner.address, 1n);
    });

    it("refuses a wallet, a former key and the key of a retired identity, whatever they sign", async () => {
      const { registry, owner, other, next, wallet } = await loadFixture(registered);
      await giveWallet(registry, other, 2n, wallet);
      await rotate(registry, owner, 1n, next);
      for (const [key, id] of [
        [wallet, 2n],
        [owner, 1n],
      ] as const) {
        await expect(registerBySignature(registry, other, key, URI))
          .to.be.revertedWithCustomError(registry, "AlreadyRegistered")
          .withArgs(key.address, id);
      }
      const gone = await loadFixture(retired);
      await expect(registerBySignature(gone.registry, gone.other, gone.owner, URI))
        .to.be.revertedWithCustomError(registry, "AlreadyRegistered")
        .withArgs(gone.owner.address, 1n);
    });
  });
});

import { expect } from "chai";
import { id as hashOf, ZeroAddress } from "ethers";
import { identity, loadFixture, logsOf, registered, URI } from "../utils/identity.ts";
import { equipped, retired } from "../utils/identityScenes.ts";
import { rotate } from "../utils/identitySigning.ts";

const speakers = ["owner", "approved", "operator"] as const;
const others = ["wallet", "guardian", "other", "stranger"] as const;

describe("IdentityRegistry", () => {
  describe("setAgentURI", () => {
    for (const role of speakers) {
      it(`is open to the ${role}, and logs URIUpdated by that caller, then MetadataUpdate`, async () => {
        const scene = await loadFixture(equipped);
        const { registry } = scene;
        expect(await logsOf(registry, registry.connect(scene[role]).setAgentURI(1, URI))).to.deep.equal([
          ["URIUpdated", 1n, URI, scene[role].address],
          ["MetadataUpdate", 1n],
        ]);
        expect(await registry.tokenURI(1)).to.equal(URI);
      });
    }

    for (const role of others) {
      it(`is closed to the ${role}`, async () => {
        const scene = await loadFixture(equipped);
        await expect(scene.registry.connect(scene[role]).setAgentURI(1, URI))
          .to.be.revertedWithCustomError(scene.registry, "NotAuthorized")
          .withArgs(1n, scene[role].address);
      });
    }

    it("says again what is said again", async () => {
      const { registry, owner } = await loadFixture(registered);
      for (const uri of [URI, URI, "", ""]) {
        expect(await logsOf(registry, registry.connect(owner).setAgentURI(1, uri))).to.deep.equal([
          ["URIUpdated", 1n, uri, owner.address],
          ["MetadataUpdate", 1n],
        ]);
      }
    });

    it("replaces a long URI by a short one", async () => {
      const { registry, owner } = await loadFixture(registered);
      await registry.connect(owner).setAgentURI(1, "x".repeat(3_000));
      await registry.connect(owner).setAgentURI(1, "y");
      expect(await registry.tokenURI(1)).to.equal("y");
    });

    it("brings the document made on chain back where the new URI is empty", async () => {
      const { registry, owner } = await loadFixture(registered);
      const original = (await registry.tokenURI(1)).slice(0, 40);
      await registry.connect(owner).setAgentURI(1, URI);
      expect(await logsOf(registry, registry.connect(owner).setAgentURI(1, ""))).to.deep.equal([
        ["URIUpdated", 1n, "", owner.address],
        ["MetadataUpdate", 1n],
      ]);
      expect((await registry.tokenURI(1)).slice(0, 40)).to.equal(original);
    });

    it("changes no other identity and nothing else of this one", async () => {
      const { registry, owner } = await loadFixture(registered);
      const before = await identity(registry, 1n);
      const tokenURI = await registry.tokenURI(2);
      await registry.connect(owner).setAgentURI(1, URI);
      const after = await identity(registry, 1n);
      expect({ ...after, tenure: 0n }).to.deep.equal({ ...before, tenure: 0n });
      expect(await registry.tokenURI(2)).to.equal(tokenURI);
    });

    it("leaves the URI in place when the key is rotated", async () => {
      const { registry, owner, next } = await loadFixture(registered);
      await registry.connect(owner).setAgentURI(1, URI);
      await rotate(registry, owner, 1n, next);
      expect(await registry.tokenURI(1)).to.equal(URI);
    });
  });

  describe("setMetadata", () => {
    for (const role of speakers) {
      it(`is open to the ${role}, and logs MetadataSet`, async () => {
        const scene = await loadFixture(equipped);
        const { registry } = scene;
        expect(await logsOf(registry, registry.connect(scene[role]).setMetadata(1, "model", "0xbeef"))).to.deep.equal([
          ["MetadataSet", 1n, hashOf("model"), "model", "0xbeef"],
        ]);
        expect(await registry.getMetadata(1, "model")).to.equal("0xbeef");
      });
    }

    for (const role of others) {
      it(`is closed to the ${role}`, async () => {
        const scene = await loadFixture(equipped);
        await expect(scene.registry.connect(scene[role]).setMetadata(1, "model", "0xbeef"))
          .to.be.revertedWithCustomError(scene.registry, "NotAuthorized")
          .withArgs(1n, scene[role].address);
      });
    }

    it("refuses the reserved key, and the wallet stays", async () => {
      const { registry, owner, wallet, stranger } = await loadFixture(equipped);
      await expect(registry.connect(owner).setMetadata(1, "agentWallet", stranger.address))
        .to.be.revertedWithCustomError(registry, "ReservedMetadataKey")
        .withArgs("agentWallet");
      expect(await registry.getAgentWallet(1)).to.equal(wallet.address);
    });

    it("takes the empty key, the empty value, and a value of 10,000 bytes", async () => {
      const { registry, owner } = await loadFixture(registered);
      const long = `0x${"5a".repeat(10_000)}`;
      await registry.connect(owner).setMetadata(1, "", long);
      expect(await registry.getMetadata(1, "")).to.equal(long);
      await registry.connect(owner).setMetadata(1, "", "0x");
      expect(await registry.getMetadata(1, "")).to.equal("0x");
    });

    it("logs a value that is taken away as an empty one, and one that is there already again", async () => {
      const { registry, owner } = await loadFixture(registered);
      for (const value of ["0x01", "0x01", "0x", "0x"]) {
        expect(await logsOf(registry, registry.connect(owner).setMetadata(1, "model", value))).to.deep.equal([
          ["MetadataSet", 1n, hashOf("model"), "model", value],
        ]);
        expect(await registry.getMetadata(1, "model")).to.equal(value);
      }
    });

    it("takes every key that is not the reserved one to the letter", async () => {
      const { registry, owner } = await loadFixture(registered);
      for (const key of ["agentWallet2", "agentwallet", "AgentWallet", "agentWalle", " agentWallet", "description"]) {
        await registry.connect(owner).setMetadata(1, key, "0x01");
        expect(await registry.getMetadata(1, key)).to.equal("0x01");
      }
    });

    it("writes one key of one identity", async () => {
      const { registry, owner } = await loadFixture(registered);
      await registry.connect(owner).setMetadata(1, "a", "0x01");
      expect(await registry.getMetadata(1, "b")).to.equal("0x");
      expect(await registry.getMetadata(2, "a")).to.equal("0x");
    });
  });

  describe("getMetadata and metadata", () => {
    it("answer the same", async () => {
      const { registry, owner, wallet } = await loadFixture(equipped);
      await registry.connect(owner).setMetadata(1, "model", "0xbeef");
      for (const [key, value] of [
        ["model", "0xbeef"],
        ["unknown", "0x"],
        ["agentWallet", wallet.address.toLowerCase()],
      ] as const) {
        expect(await registry.getMetadata(1, key)).to.equal(value);
        expect(await registry.metadata(1, key)).to.equal(value);
      }
    });

    it("answer the owner for `agentWallet` where no wallet is set", async () => {
      const { registry, owner } = await loadFixture(registered);
      expect(await registry.getMetadata(1, "agentWallet")).to.equal(owner.address.toLowerCase());
    });

    it("answer nothing for an unknown identity, without a revert", async () => {
      const { registry } = await loadFixture(registered);
      for (const key of ["model", "agentWallet"]) {
        expect(await registry.getMetadata(3, key)).to.equal("0x");
        expect(await registry.metadata(3, key)).to.equal("0x");
      }
    });

    it("go on answering for a suspended identity, whose wallet is twenty zero bytes", async () => {
      const { registry, owner } = await loadFixture(equipped);
      await registry.connect(owner).setMetadata(1, "model", "0xbeef");
      await registry.connect(owner).suspend(1);
      for (const view of ["getMetadata", "metadata"] as const) {
        expect(await registry.getFunction(view)(1, "model")).to.equal("0xbeef");
        expect(await registry.getFunction(view)(1, "agentWallet")).to.equal(ZeroAddress);
      }
    });

    it("go on answering for a retired identity, which has no wallet", async () => {
      const { registry, other } = await loadFixture(retired);
      await registry.connect(other).setMetadata(2, "model", "0xbeef");
      await registry.connect(other).retire(2);
      expect(await registry.getMetadata(2, "model")).to.equal("0xbeef");
      expect(await registry.getMetadata(2, "agentWallet")).to.equal("0x");
    });
  });
});

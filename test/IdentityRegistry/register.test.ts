import { expect } from "chai";
import { id as hashOf, ZeroAddress, ZeroHash } from "ethers";
import type { IdentityRegistry } from "../../types/ethers-contracts/index.js";
import {
  at,
  ChangeKind,
  empty,
  ethers,
  identity,
  inOneBlock,
  KeyRole,
  loadFixture,
  logsOf,
  NO_CHANGE,
  networkHelpers,
  now,
  register,
  registered,
  type Signer,
  Status,
  UNPROVEN,
  URI,
} from "../utils/identity.ts";
import { retired } from "../utils/identityScenes.ts";
import { giveWallet, rotate } from "../utils/identitySigning.ts";

const WALLET_KEY = "agentWallet";

/** The three ways to register oneself, each with what it was told to say. */
const ways: [string, string, (registry: IdentityRegistry, owner: Signer) => ReturnType<typeof register>][] = [
  ["register()", "", (registry, owner) => register(registry, owner)],
  ["register(string)", URI, (registry, owner) => registry.connect(owner)["register(string)"](URI)],
  [
    "register(string, MetadataEntry[])",
    URI,
    (registry, owner) => registry.connect(owner)["register(string,(string,bytes)[])"](URI, []),
  ],
];

describe("IdentityRegistry", () => {
  for (const [name, uri, call] of ways) {
    describe(name, () => {
      it("makes the caller the owner of identity 1, then the next caller of identity 2", async () => {
        const { registry, owner, other } = await loadFixture(empty);
        await call(registry, owner);
        await call(registry, other);
        expect(await registry.ownerOf(1)).to.equal(owner.address);
        expect(await registry.ownerOf(2)).to.equal(other.address);
        expect(await registry.totalRegistered()).to.equal(2n);
        expect(await registry.totalSupply()).to.equal(2n);
      });

      it("writes a record that begins in this second, and nothing else", async () => {
        const { registry, owner } = await loadFixture(empty);
        const born = (await now()) + 1_000n;
        await at(born);
        await call(registry, owner);
        expect(await identity(registry, 1n)).to.deep.equal({
          id: 1n,
          owner: owner.address,
          wallet: owner.address,
          guardian: ZeroAddress,
          status: Status.Active,
          ...UNPROVEN,
          keyEpoch: 0n,
          keySince: born,
          firstSeen: born,
          lastSeen: born,
          tenure: 0n,
          pending: NO_CHANGE,
        });
        expect(await registry.resolve(owner)).to.deep.equal([1n, KeyRole.Owner, born]);
        expect(await registry.balanceOf(owner)).to.equal(1n);
      });

      it("logs Transfer, Locked, Registered and the wallet's MetadataSet, in this order", async () => {
        const { registry, owner } = await loadFixture(empty);
        expect(await logsOf(registry, call(registry, owner))).to.deep.equal([
          ["Transfer", ZeroAddress, owner.address, 1n],
          ["Locked", 1n],
          ["Registered", 1n, uri, owner.address],
          ["MetadataSet", 1n, hashOf(WALLET_KEY), WALLET_KEY, owner.address.toLowerCase()],
        ]);
      });

      it("refuses an address that owns an identity", async () => {
        const { registry, other } = await loadFixture(registered);
        await expect(call(registry, other))
          .to.be.revertedWithCustomError(registry, "AlreadyRegistered")
          .withArgs(other.address, 2n);
      });

      it("refuses an address that is the wallet of an identity", async () => {
        const { registry, owner, wallet } = await loadFixture(registered);
        await giveWallet(registry, owner, 1n, wallet);
        await expect(call(registry, wallet))
          .to.be.revertedWithCustomError(registry, "AlreadyRegistered")
          .withArgs(wallet.address, 1n);
      });

      it("takes an address that was a wallet and is free again", async () => {
        const { registry, owner, wallet } = await loadFixture(registered);
        await giveWallet(registry, owner, 1n, wallet);
        await registry.connect(owner).unsetAgentWallet(1);
        await call(registry, wallet);
        expect(await registry.ownerOf(3)).to.equal(wallet.address);
      });

      it("refuses the former key of a rotated identity", async () => {
        const { registry, owner, next } = await loadFixture(registered);
        await rotate(registry, owner, 1n, next);
        await expect(call(registry, owner))
          .to.be.revertedWithCustomError(registry, "AlreadyRegistered")
          .withArgs(owner.address, 1n);
      });

      it("refuses the key of a retired identity: no clean restart", async () => {
        const { registry, owner } = await loadFixture(retired);
        await expect(call(registry, owner))
          .to.be.revertedWithCustomError(registry, "AlreadyRegistered")
          .withArgs(owner.address, 1n);
      });

      it("takes a guardian, a candidate, an approved address and an operator: they are no keys", async () => {
        const { registry, owner, guardian, candidate, approved, operator } = await loadFixture(registered);
        await registry.connect(owner).setGuardian(1, guardian);
        await registry.connect(guardian).proposeRecovery(1, candidate);
        await registry.connect(owner).approve(approved, 1);
        await registry.connect(owner).setApprovalForAll(operator, true);
        for (const newcomer of [guardian, candidate, approved, operator]) await call(registry, newcomer);
        expect(await registry.totalRegistered()).to.equal(6n);
        expect(await registry.ownerOf(6)).to.equal(operator.address);
        expect((await registry.identityOf(1)).pending.kind).to.equal(ChangeKind.Recovery);
      });
    });
  }

  describe("register, each of the three", () => {
    it("answers the new id", async () => {
      const { registry, stranger } = await loadFixture(registered);
      const as = registry.connect(stranger);
      expect(await as["register()"].staticCall()).to.equal(3n);
      expect(await as["register(string)"].staticCall(URI)).to.equal(3n);
      expect(await as["register(string,(string,bytes)[])"].staticCall(URI, [])).to.equal(3n);
    });

    it("takes a smart account, which needs no receiver callback", async () => {
      const { registry, owner } = await loadFixture(empty);
      const calls = [
        await registry["register()"].populateTransaction(),
        await registry["register(string)"].populateTransaction(URI),
        await registry["register(string,(string,bytes)[])"].populateTransaction(URI, []),
      ];
      for (const { data } of calls) {
        const account = await ethers.deployContract("SmartAccount", [owner.address]);
        await account.getFunction("execute")(registry, data);
        expect(await registry.ownerOf(await registry.totalRegistered())).to.equal(await account.getAddress());
      }
    });
  });

  describe("register, two in one block", () => {
    it("numbers them as the block orders them: nobody is sure of a number before", async () => {
      const gas = { gasLimit: 300_000 };
      for (const order of [0, 1]) {
        const { registry, owner, other } = await loadFixture(empty);
        const [first, second] = order === 0 ? [owner, other] : [other, owner];
        const sends = [first, second].map((one) => () => registry.connect(one)["register()"](gas));
        expect(await inOneBlock(...sends)).to.deep.equal([1, 1]);
        expect([await registry.ownerOf(1), await registry.ownerOf(2)]).to.deep.equal([first.address, second.address]);
        expect(await registry.firstSeen(1)).to.equal(await registry.firstSeen(2));
      }
    });
  });

  describe("register, given a chain that reorgs", () => {
    it("begins where the registration is mined again, perhaps under another number", async () => {
      const { registry, owner, other } = await loadFixture(empty);
      const { restore } = await networkHelpers.takeSnapshot();
      await register(registry, owner);
      const before = await registry.firstSeen(1);
      await restore();
      await at(before + 12n);
      await register(registry, other);
      await at(before + 13n);
      await register(registry, owner);
      expect(await registry.resolve(owner)).to.deep.equal([2n, KeyRole.Owner, before + 13n]);
      expect(await registry.firstSeen(2)).to.equal(before + 13n);
    });
  });

  describe("register(string)", () => {
    it("answers the URI as it was given", async () => {
      const { registry, owner } = await loadFixture(empty);
      await registry.connect(owner)["register(string)"](URI);
      expect(await registry.tokenURI(1)).to.equal(URI);
    });

    it("takes an empty URI, and then makes the document on chain", async () => {
      const { registry, owner } = await loadFixture(empty);
      await registry.connect(owner)["register(string)"]("");
      expect(await registry.tokenURI(1)).to.match(/^data:application\/json;base64,/);
    });

    it("takes a URI of one character", async () => {
      const { registry, owner } = await loadFixture(empty);
      await registry.connect(owner)["register(string)"]("x");
      expect(await registry.tokenURI(1)).to.equal("x");
    });

    it("takes a URI of any length and any bytes", async () => {
      const { registry, owner } = await loadFixture(empty);
      const long = `data:text/plain,"é漢🙂<\\${"x".repeat(4_000)}`;
      await registry.connect(owner)["register(string)"](long);
      expect(await registry.tokenURI(1)).to.equal(long);
    });
  });

  describe("register(string, MetadataEntry[])", () => {
    const entry = (metadataKey: string, metadataValue: string) => ({ metadataKey, metadataValue });

    it("writes each entry, and logs them in order after the mint", async () => {
      const { registry, owner } = await loadFixture(empty);
      const entries = [entry("model", "0x01"), entry("", "0x02"), entry("region", "0x")];
      const sent = registry.connect(owner)["register(string,(string,bytes)[])"](URI, entries);
      expect((await logsOf(registry, sent)).slice(2)).to.deep.equal([
        ["Registered", 1n, URI, owner.address],
        ["MetadataSet", 1n, hashOf(WALLET_KEY), WALLET_KEY, owner.address.toLowerCase()],
        ["MetadataSet", 1n, hashOf("model"), "model", "0x01"],
        ["MetadataSet", 1n, hashOf(""), "", "0x02"],
        ["MetadataSet", 1n, hashOf("region"), "region", "0x"],
      ]);
      expect(await registry.getMetadata(1, "model")).to.equal("0x01");
      expect(await registry.getMetadata(1, "")).to.equal("0x02");
      expect(await registry.getMetadata(1, "region")).to.equal("0x");
    });

    it("keeps the last of two entries with the same key", async () => {
      const { registry, owner } = await loadFixture(empty);
      await registry.connect(owner)["register(string,(string,bytes)[])"]("", [entry("k", "0x01"), entry("k", "0x02")]);
      expect(await registry.getMetadata(1, "k")).to.equal("0x02");
    });

    it("takes 200 entries at once", async () => {
      const { registry, owner } = await loadFixture(empty);
      const entries = Array.from({ length: 200 }, (_, i) => entry(`key ${i}`, ethers.toBeHex(i, 32)));
      const sent = registry.connect(owner)["register(string,(string,bytes)[])"](URI, entries);
      expect(await logsOf(registry, sent)).to.have.length(204);
      for (const i of [0, 1, 100, 199]) {
        expect(await registry.getMetadata(1, `key ${i}`)).to.equal(ethers.toBeHex(i, 32));
      }
    });

    for (const place of [0, 1, 2]) {
      it(`refuses the reserved key, in place ${place} of 3, and registers nothing`, async () => {
        const { registry, owner } = await loadFixture(empty);
        const entries = [entry("a", "0x01"), entry("b", "0x02"), entry("c", "0x03")];
        entries[place] = entry(WALLET_KEY, owner.address);
        await expect(registry.connect(owner)["register(string,(string,bytes)[])"](URI, entries))
          .to.be.revertedWithCustomError(registry, "ReservedMetadataKey")
          .withArgs(WALLET_KEY);
        expect(await registry.totalRegistered()).to.equal(0n);
        expect(await registry.resolve(owner)).to.deep.equal([0n, KeyRole.None, 0n]);
      });
    }

    it("takes keys that only look like the reserved one", async () => {
      const { registry, owner } = await loadFixture(empty);
      const keys = ["AgentWallet", "agentWallet ", "agentwallet", "agentWallet\0", "agentWalle"];
      await registry.connect(owner)["register(string,(string,bytes)[])"](
        "",
        keys.map((key) => entry(key, ZeroHash)),
      );
      for (const key of keys) expect(await registry.getMetadata(1, key)).to.equal(ZeroHash);
      expect(await registry.getAgentWallet(1)).to.equal(owner.address);
    });
  });
});

import { expect } from "chai";
import { id as hashOf, ZeroAddress } from "ethers";
import {
  ethers,
  loadFixture,
  logsOf,
  MINUTE,
  now,
  RECOVERY_DELAY,
  register,
  registered,
  type Scene,
  type Signer,
  time,
  URI,
} from "../utils/identity.ts";
import { equipped, retired, suspended } from "../utils/identityScenes.ts";
import { AGENT_WALLET_SET, giveWallet, rotate } from "../utils/identitySigning.ts";

const WALLET_KEY = "agentWallet";

/** The part of the registry that tools made for ERC-8004 know: called through this ABI and no other. */
const ABI = [
  "function register() returns (uint256 agentId)",
  "function register(string agentURI) returns (uint256 agentId)",
  "function register(string agentURI, tuple(string metadataKey, bytes metadataValue)[] metadata) returns (uint256)",
  "function setAgentURI(uint256 agentId, string newURI)",
  "function getMetadata(uint256 agentId, string metadataKey) view returns (bytes)",
  "function setMetadata(uint256 agentId, string metadataKey, bytes metadataValue)",
  "function setAgentWallet(uint256 agentId, address newWallet, uint256 deadline, bytes signature)",
  "function getAgentWallet(uint256 agentId) view returns (address)",
  "function unsetAgentWallet(uint256 agentId)",
  "function isAuthorizedOrOwner(address spender, uint256 agentId) view returns (bool)",
  "function ownerOf(uint256 tokenId) view returns (address)",
  "function tokenURI(uint256 tokenId) view returns (string)",
  "function getApproved(uint256 tokenId) view returns (address)",
  "function isApprovedForAll(address owner, address operator) view returns (bool)",
  "event Registered(uint256 indexed agentId, string agentURI, address indexed owner)",
  "event MetadataSet(uint256 indexed agentId, string indexed indexedMetadataKey, string metadataKey, bytes metadataValue)",
];

const standardView = async ({ registry }: Scene, as: Signer) =>
  new ethers.Contract(await registry.getAddress(), ABI, as);

describe("Conformance of IdentityRegistry", () => {
  describe("ERC-8004, registration", () => {
    for (const [signature, args, uri] of [
      ["register()", [], ""],
      ["register(string)", [URI], URI],
      ["register(string,(string,bytes)[])", [URI, [["model", "0xbeef"]]], URI],
    ] as const) {
      it(`${signature} assigns the next id and logs it where tools look for it`, async () => {
        const scene = await loadFixture(registered);
        const registry = await standardView(scene, scene.stranger);
        const before = await ethers.provider.getBlockNumber();
        await registry.getFunction(signature)(...args);
        const [log] = await scene.registry.queryFilter(scene.registry.filters.Registered(), before + 1);
        expect([...(log?.args ?? [])]).to.deep.equal([3n, uri, scene.stranger.address]);
        expect(await registry.getFunction("ownerOf")(3)).to.equal(scene.stranger.address);
      });
    }

    it("logs one Transfer, one MetadataSet for the wallet, one for each entry, and one Registered", async () => {
      const { registry, stranger } = await loadFixture(registered);
      const entries = ["a", "b", "c"].map((metadataKey) => ({ metadataKey, metadataValue: "0x01" }));
      const sent = registry.connect(stranger)["register(string,(string,bytes)[])"](URI, entries);
      const events = (await logsOf(registry, sent)).map(([event]) => event);
      const count = (name: string) => events.filter((event) => event === name).length;
      expect([count("Transfer"), count("Registered"), count("MetadataSet")]).to.deep.equal([1, 1, 4]);
    });

    it("sets the wallet to the owner at first", async () => {
      const { registry, stranger } = await loadFixture(registered);
      await register(registry, stranger);
      expect(await registry.getAgentWallet(3)).to.equal(stranger.address);
      expect(await registry.getMetadata(3, WALLET_KEY)).to.equal(stranger.address.toLowerCase());
    });
  });

  describe("ERC-8004, agent URI", () => {
    it("tokenURI answers what register and setAgentURI were given, whatever its scheme", async () => {
      const { registry, owner } = await loadFixture(registered);
      for (const uri of ["https://a.example/b.json", "ipfs://bafy", "data:application/json;base64,e30=", "é 漢"]) {
        await registry.connect(owner).setAgentURI(1, uri);
        expect(await registry.tokenURI(1)).to.equal(uri);
      }
    });
  });

  describe("ERC-8004, on-chain metadata", () => {
    it("indexes the key by its hash, so that logs can be filtered by it", async () => {
      const { registry, owner, other } = await loadFixture(registered);
      await registry.connect(owner).setMetadata(1, "model", "0x01");
      await registry.connect(other).setMetadata(2, "model", "0x02");
      await registry.connect(other).setMetadata(2, "else", "0x03");
      const logs = await registry.queryFilter(registry.filters.MetadataSet(undefined, "model"));
      expect(logs.map(({ args }) => [args.agentId, args.metadataKey, args.metadataValue])).to.deep.equal([
        [1n, "model", "0x01"],
        [2n, "model", "0x02"],
      ]);
      expect(logs[0]?.topics[2]).to.equal(hashOf("model"));
    });

    it("keeps the reserved key from setMetadata and register", async () => {
      const { registry, owner, stranger } = await loadFixture(registered);
      const value = stranger.address;
      const entry = { metadataKey: WALLET_KEY, metadataValue: value };
      for (const send of [
        () => registry.connect(owner).setMetadata(1, WALLET_KEY, value),
        () => registry.connect(stranger)["register(string,(string,bytes)[])"]("", [entry]),
      ]) {
        await expect(send()).to.be.revertedWithCustomError(registry, "ReservedMetadataKey").withArgs(WALLET_KEY);
      }
    });
  });

  describe("ERC-8004, agent wallet", () => {
    it("takes what the standard's tools sign: the domain of the reference contracts, five minutes at most", async () => {
      const scene = await loadFixture(registered);
      const { owner, wallet } = scene;
      const registry = await standardView(scene, owner);
      const domain = {
        name: "ERC8004IdentityRegistry",
        version: "1",
        chainId: (await ethers.provider.getNetwork()).chainId,
        verifyingContract: await registry.getAddress(),
      };
      const deadline = (await now()) + 5n * MINUTE;
      const message = { agentId: 1n, newWallet: wallet.address, owner: owner.address, deadline };
      const signature = await wallet.signTypedData(domain, AGENT_WALLET_SET, message);
      await registry.getFunction("setAgentWallet")(1, wallet.address, deadline, signature);
      expect(await registry.getFunction("getAgentWallet")(1)).to.equal(wallet.address);
    });

    it("is cleared when the token changes hands, and must be proven again by the next owner", async () => {
      const { registry, owner, wallet, next } = await loadFixture(equipped);
      const logs = await logsOf(registry, rotate(registry, owner, 1n, next));
      expect(logs.filter(([event]) => event === "MetadataSet")).to.deep.equal([
        ["MetadataSet", 1n, hashOf(WALLET_KEY), WALLET_KEY, next.address.toLowerCase()],
      ]);
      expect(await registry.getAgentWallet(1)).to.not.equal(wallet.address);
      await giveWallet(registry, next, 1n, wallet);
      expect(await registry.getAgentWallet(1)).to.equal(wallet.address);
    });

    it("logs with each change the value that getMetadata answers from then on", async () => {
      const { registry, owner, wallet, next, guardian, candidate } = await loadFixture(registered);
      const changes = [
        () => giveWallet(registry, owner, 1n, wallet),
        () => registry.connect(owner).unsetAgentWallet(1),
        () => giveWallet(registry, owner, 1n, owner),
        () => giveWallet(registry, owner, 1n, wallet),
        () => registry.connect(owner).suspend(1),
        () => registry.connect(owner).resume(1),
        () => rotate(registry, owner, 1n, next),
        () => giveWallet(registry, next, 1n, wallet),
        async () => {
          await registry.connect(next).setGuardian(1, guardian);
          await registry.connect(guardian).proposeRecovery(1, candidate);
          return registry.connect(guardian).suspend(1);
        },
        () => registry.connect(guardian).unsetAgentWallet(1),
        async () => {
          await time.increase(RECOVERY_DELAY);
          return registry.connect(candidate).claimRecovery(1);
        },
        () => registry.connect(guardian).resume(1),
        async () => {
          await registry.connect(candidate).retire(1);
          await time.increase(RECOVERY_DELAY);
          return registry.connect(candidate).retire(1);
        },
      ];
      for (const change of changes) {
        const log = (await logsOf(registry, change())).find(([event]) => event === "MetadataSet");
        expect(log).to.deep.equal([
          "MetadataSet",
          1n,
          hashOf(WALLET_KEY),
          WALLET_KEY,
          await registry.getMetadata(1, WALLET_KEY),
        ]);
      }
    });

    it("getAgentWallet answers zero, and does not revert, for an agent that is unknown or gone", async () => {
      const { registry } = await loadFixture(retired);
      for (const id of [0n, 1n, 3n]) expect(await registry.getAgentWallet(id)).to.equal(ZeroAddress);
    });
  });

  describe("ERC-8004, what a Reputation Registry relies on", () => {
    const asked = async (scene: Scene, client: Signer, id: bigint) =>
      (await standardView(scene, scene.stranger)).getFunction("isAuthorizedOrOwner")(client, id);

    for (const role of ["owner", "approved", "operator"] as const) {
      it(`sees an agent's review of itself through the ${role}, suspended or not`, async () => {
        for (const state of [equipped, suspended]) {
          const scene = await loadFixture(state);
          expect(await asked(scene, scene[role], 1n)).to.equal(true);
        }
      });
    }

    it("sees a review by whoever was made an operator as the agent's own, though nobody asked that operator, who cannot resign", async () => {
      const scene = await loadFixture(registered);
      const { registry, owner, stranger } = scene;
      expect(await asked(scene, stranger, 1n)).to.equal(false);
      await registry.connect(owner).setApprovalForAll(stranger, true);
      expect(await asked(scene, stranger, 1n)).to.equal(true);
      // What the owner says of operators is about their own.
      await registry.connect(stranger).setApprovalForAll(stranger, false);
      expect(await asked(scene, stranger, 1n)).to.equal(true);
    });

    for (const role of ["other", "stranger", "guardian", "wallet"] as const) {
      it(`sees a review by the ${role} as one of a client`, async () => {
        const scene = await loadFixture(equipped);
        expect(await asked(scene, scene[role], 1n)).to.equal(false);
      });
    }

    it("is told so by a revert where the agent does not exist, or does no more", async () => {
      const scene = await loadFixture(retired);
      for (const id of [0n, 1n, 3n]) {
        await expect(asked(scene, scene.stranger, id))
          .to.be.revertedWithCustomError(scene.registry, "ERC721NonexistentToken")
          .withArgs(id);
      }
    });
  });

  describe("ERC-8004, what a Validation Registry relies on", () => {
    /** How such a registry decides whether somebody may ask for a validation. */
    async function mayRequest(scene: Scene, caller: Signer, id: bigint): Promise<boolean> {
      const registry = await standardView(scene, scene.stranger);
      const owner: string = await registry.getFunction("ownerOf")(id);
      const isOperator: boolean = await registry.getFunction("isApprovedForAll")(owner, caller);
      const approved: string = await registry.getFunction("getApproved")(id);
      return caller.address === owner || isOperator || approved === caller.address;
    }

    for (const [role, answer] of [
      ["owner", true],
      ["approved", true],
      ["operator", true],
      ["wallet", false],
      ["guardian", false],
      ["stranger", false],
    ] as const) {
      it(`lets it ${answer ? "serve" : "refuse"} the ${role}`, async () => {
        const scene = await loadFixture(equipped);
        expect(await mayRequest(scene, scene[role], 1n)).to.equal(answer);
      });
    }

    it("lets it refuse an agent that does not exist, by the revert of ownerOf", async () => {
      const scene = await loadFixture(retired);
      for (const id of [1n, 3n]) {
        await expect(mayRequest(scene, scene.owner, id))
          .to.be.revertedWithCustomError(scene.registry, "ERC721NonexistentToken")
          .withArgs(id);
      }
    });
  });
});

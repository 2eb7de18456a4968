import type { Agent, SDK } from "agent0-sdk";
import { expect } from "chai";
import { Interface } from "ethers";
import { type Address, getAddress, type Hex, hexToString } from "viem";
import { privateKeyToAddress } from "viem/accounts";
import { testKeys } from "../../sdk/test/utils/localChain.ts";
import { complaint, publish, sdkOn } from "./utils/agent0.ts";
import { type Node, openNode } from "./utils/node.ts";
import { deployOfficialReputation } from "./utils/official.ts";

const CHAIN = 31_337;
const ID = `${CHAIN}:1`;
const [, OWNER, CLIENT, WALLET, NEXT] = testKeys.map((key) => privateKeyToAddress(key)) as [
  Address,
  Address,
  Address,
  Address,
  Address,
];
const WALLET_KEY = testKeys[3];

/** The four bytes of an error of Tenure's, by which alone a client knows it that has no ABI of it. */
const selector = (error: string) => new Interface([`error ${error}`]).getError(error.split("(")[0] ?? "")?.selector;

describe("An unmodified agent0-sdk on Tenure, on a chain that it does not know", () => {
  let node: Node;
  /** With the key of account 1. */
  let owner: SDK;
  /** With the key of account 2. */
  let client: SDK;
  /** As `owner` registered it: identity 1. */
  let agent: Agent;
  let clean: unknown;

  before(async () => {
    node = await openNode(CHAIN);
    const reputation = (await deployOfficialReputation(node.chain, node.tenure)) as Address;
    const registryOverrides = { [CHAIN]: { IDENTITY: node.tenure, REPUTATION: reputation } };
    owner = sdkOn(node, CHAIN, 1, { registryOverrides });
    client = sdkOn(node, CHAIN, 2, { registryOverrides });
    clean = await node.chain.request({ method: "evm_snapshot", params: [] });
  });
  after(() => node.close());

  beforeEach(async () => {
    agent = owner.createAgent("Ada", "Computes.").setMetadata({ model: "difference" });
    await (await agent.registerOnChain()).waitMined();
  });
  afterEach(async () => {
    await node.chain.request({ method: "evm_revert", params: [clean] });
    clean = await node.chain.request({ method: "evm_snapshot", params: [] });
  });

  describe("registering and editing", () => {
    it("should register, with a registration file on chain and metadata, and find its number", async () => {
      expect(agent.agentId).to.equal(ID);
      expect(await node.read("ownerOf", 1n)).to.equal(OWNER);
      expect(await node.read("tokenURI", 1n)).to.equal(agent.agentURI);
      expect(hexToString((await node.read("getMetadata", 1n, "model")) as Hex)).to.equal("difference");
    });

    it("should change the URI, and the file on chain", async () => {
      await (await agent.setAgentURI("https://agent.example/1.json")).waitMined();
      expect(await node.read("tokenURI", 1n)).to.equal("https://agent.example/1.json");
      await (await agent.updateInfo("Ada Lovelace").registerOnChain()).waitMined();
      expect((await client.loadAgent(ID)).name).to.equal("Ada Lovelace");
    });

    it("should be told AlreadyRegistered by its four bytes when it registers a second agent with a key", async () => {
      const second = owner.createAgent("Eve", "Second.");
      const said = await complaint(second.registerHTTP("https://agent.example/2.json"));
      expect(said).to.include('The contract function "register" reverted with the following signature');
      expect(said).to.include(selector("AlreadyRegistered(address key, uint256 agentId)"));
    });

    it("should be told Soulbound by its four bytes when it transfers", async () => {
      const said = await complaint(agent.transfer(CLIENT));
      expect(said).to.include(selector("Soulbound(uint256 agentId)"));
      expect(await node.read("ownerOf", 1n)).to.equal(OWNER);
    });

    it("should be told NotAuthorized by its four bytes when it edits another's agent", async () => {
      const said = await complaint((await client.loadAgent(ID)).setAgentURI("https://other.example"));
      expect(said).to.include(selector("NotAuthorized(uint256 agentId, address caller)"));
    });

    it("should not register on IPFS unless it was given a client for it", async () => {
      const said = await complaint(owner.createAgent("Eve", "On IPFS.").registerIPFS());
      expect(said).to.include("IPFS client not configured");
    });
  });

  describe("the wallet", () => {
    const wallet = () => node.read("getAgentWallet", 1n);

    it("should be set by the consent that it signs (EIP-712), and unset", async () => {
      await (await agent.setWallet(WALLET, { newWalletPrivateKey: WALLET_KEY }))?.waitMined();
      expect(await wallet()).to.equal(WALLET);
      await (await agent.unsetWallet())?.waitMined();
      expect(await wallet()).to.equal(OWNER);
    });

    it("should be the owner where none is set, so that unsetting sends a transaction each time", async () => {
      expect(await agent.getWallet()).to.equal(OWNER);
      expect(await agent.setWallet(OWNER)).to.equal(undefined); // nothing to do
      for (let times = 0; times < 2; times++) {
        const sent = await (await owner.loadAgent(ID)).unsetWallet();
        expect((await sent?.waitMined())?.receipt.status).to.equal("success");
      }
    });

    it("should be undefined while suspended", async () => {
      await node.send(1, "suspend", 1n);
      expect(await (await client.loadAgent(ID)).getWallet()).to.equal(undefined);
    });
  });

  describe("reading", () => {
    it("should load an agent with its file, wallet and owner", async () => {
      const loaded = await client.loadAgent(ID);
      expect([loaded.name, loaded.description, await loaded.getWallet()]).to.deep.equal(["Ada", "Computes.", OWNER]);
      expect(await client.getAgentOwner(ID)).to.equal(OWNER);
      expect(await client.isAgentOwner(ID, OWNER)).to.equal(true);
    });

    it("should load the file that Tenure makes on chain, where no URI was given", async () => {
      await node.send(2, "register");
      const { name, active } = (await client.loadAgent(`${CHAIN}:2`)).getRegistrationFile();
      expect({ name, active }).to.deep.equal({ name: "Tenure identity 2", active: true });
    });

    it("should load a file from a web server, and not while the agent is suspended", async () => {
      const file = await publish({ name: "Ada on the web", description: "", active: true });
      try {
        await (await agent.setAgentURI(file.url)).waitMined();
        expect((await client.loadAgent(ID)).name).to.equal("Ada on the web");
        await node.send(1, "suspend", 1n);
        const { name, active } = (await client.loadAgent(ID)).getRegistrationFile();
        expect({ name, active }).to.deep.equal({ name: "Tenure identity 1", active: false });
        await node.send(1, "resume", 1n);
        expect((await client.loadAgent(ID)).name).to.equal("Ada on the web");
      } finally {
        file.close();
      }
    });

    it("should fail to load an agent that is unknown or retired", async () => {
      await node.send(1, "retire", 1n);
      for (const id of [ID, `${CHAIN}:9`]) {
        const said = await complaint(client.loadAgent(id));
        expect(said).to.include(`Failed to load agent ${id}`);
        expect(said).to.include(selector("ERC721NonexistentToken(uint256 tokenId)"));
      }
    });
  });

  describe("a suspended agent", () => {
    it("should not be editable: IdentitySuspended, by its four bytes", async () => {
      await node.send(1, "suspend", 1n);
      const suspended = selector("IdentitySuspended(uint256 agentId)");
      expect(await complaint(agent.setAgentURI("https://agent.example/b.json"))).to.include(suspended);
      expect(await complaint(agent.setWallet(WALLET, { newWalletPrivateKey: WALLET_KEY }))).to.include(suspended);
    });

    it("should lose its file to a client that loads it then, and writes back what it loaded once it is resumed", async () => {
      await node.send(1, "suspend", 1n);
      const loaded = await owner.loadAgent(ID);
      await node.send(1, "resume", 1n);
      expect((await client.loadAgent(ID)).name).to.equal("Ada");
      await (await loaded.setActive(true).registerOnChain()).waitMined();
      expect((await client.loadAgent(ID)).name).to.equal("Tenure identity 1");
    });
  });

  describe("feedback in the official Reputation Registry", () => {
    it("should be given, read and summed up", async () => {
      const given = await client.giveFeedback(ID, 80, "quality", "", "https://agent.example");
      await given.waitMined();
      const { value, tags, endpoint } = await client.getFeedback(ID, CLIENT, 1);
      expect({ value, tags, endpoint }).to.deep.equal({
        value: 80,
        tags: ["quality"],
        endpoint: "https://agent.example",
      });
      expect(await client.getReputationSummary(ID)).to.deep.equal({ count: 1, averageValue: 80 });
    });

    it("should be answered and revoked", async () => {
      await (await client.giveFeedback(ID, 80)).waitMined();
      const response = { uri: "https://agent.example/answer", hash: `0x${"00".repeat(32)}` };
      await (await owner.appendResponse(ID, CLIENT, 1, response)).waitMined();
      await (await client.revokeFeedback(ID, 1)).waitMined();
      expect((await client.getFeedback(ID, CLIENT, 1)).isRevoked).to.equal(true);
    });

    it("should be sent and reverted for the owner and for an unknown agent: it does not say why", async () => {
      // The SDK sends it with a gas limit of its own, and so does not simulate it.
      for (const [sdk, id] of [
        [owner, ID],
        [client, `${CHAIN}:9`],
      ] as const) {
        const sent = await sdk.giveFeedback(id, 80);
        expect(await complaint(sent.waitMined())).to.equal(`Transaction reverted: ${sent.hash}`);
      }
    });

    it("should not be searched without a subgraph of that chain", async () => {
      expect(await complaint(client.searchFeedback({ agentId: ID }))).to.include("Failed to query subgraph");
    });
  });

  it("should take the next owner for the wallet after a rotation, and no longer let the old one edit", async () => {
    const message = {
      agentId: 1n,
      owner: OWNER,
      newOwner: NEXT,
      keyEpoch: 0,
      deadline: 2n ** 40n - 1n,
    };
    await node.send(1, "rotateKey", 1n, NEXT, message.deadline, await node.signRotation(4, message));
    const loaded = await client.loadAgent(ID);
    expect([loaded.name, getAddress((await loaded.getWallet()) ?? "0x")]).to.deep.equal(["Ada", NEXT]);
    const said = await complaint(agent.setAgentURI("https://agent.example/old.json"));
    expect(said).to.include(selector("NotAuthorized(uint256 agentId, address caller)"));
  });
});

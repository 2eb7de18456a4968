import { DEFAULT_REGISTRIES, DEFAULT_SUBGRAPH_URLS, type SDK } from "agent0-sdk";
import { expect } from "chai";
import type { Address } from "viem";
import { privateKeyToAddress } from "viem/accounts";
import { testKeys } from "../../sdk/test/utils/localChain.ts";
import { complaint, sdkOn } from "./utils/agent0.ts";
import { type Node, openNode } from "./utils/node.ts";
import { deployOfficialIdentity, officialAbi } from "./utils/official.ts";

/** Ethereum, Base, Polygon, and the test networks of the first two. */
const BUILT_IN = [1, 137, 8_453, 84_532, 11_155_111] as const;

const [DEPLOYER, OWNER] = testKeys.map((key) => privateKeyToAddress(key));

/** What agent 1 of the official registry says of itself; nobody of this test owns it but the deployer. */
const FILE = { name: "Somebody else", description: "Agent 1 of another registry.", active: true };
const URI = `data:application/json;base64,${Buffer.from(JSON.stringify(FILE)).toString("base64")}`;

/** Two agents of the deployer: the official registry counts from 0. */
async function inhabit(node: Node, registry: string): Promise<void> {
  const data = officialAbi("IdentityRegistryUpgradeable").encodeFunctionData("register(string)", [URI]);
  for (let times = 0; times < 2; times++) {
    await node.chain.request({ method: "eth_sendTransaction", params: [{ from: DEPLOYER, to: registry, data }] });
  }
}

describe("An unmodified agent0-sdk on Tenure, on a chain for which it has a registry built in", () => {
  it("should be these five chains, at the addresses of the official registries", () => {
    expect(Object.keys(DEFAULT_REGISTRIES).map(Number)).to.deep.equal([...BUILT_IN]);
    for (const chain of BUILT_IN) expect(DEFAULT_REGISTRIES[chain]?.IDENTITY).to.match(/^0x8004A/);
  });

  for (const chainId of BUILT_IN) {
    describe(`chain ${chainId}`, () => {
      let node: Node;
      const official = DEFAULT_REGISTRIES[chainId]?.IDENTITY as Address;
      const ID = `${chainId}:1`;

      let sdk: SDK;

      before(async () => {
        node = await openNode(chainId);
        await deployOfficialIdentity(node.chain, official);
        await inhabit(node, official);
        sdk = sdkOn(node, chainId, 1);
        const mine = sdk.createAgent("Mine", "Agent 1 of Tenure.");
        await (await mine.registerOnChain()).waitMined();
        expect(mine.agentId).to.equal(ID);
      });
      after(() => node.close());

      it("should write to Tenure, as registryOverrides say", async () => {
        expect(sdk.registries().IDENTITY).to.equal(node.tenure);
        expect(await node.read("ownerOf", 1n)).to.equal(OWNER);
      });

      it("should read the official registry's agent of the same number", async () => {
        const loaded = await sdk.loadAgent(ID);
        expect([loaded.name, loaded.description]).to.deep.equal([FILE.name, FILE.description]);
        expect(await sdk.getAgentOwner(ID)).to.equal(DEPLOYER);
        expect(await sdk.isAgentOwner(ID, OWNER as Address)).to.equal(false);
        expect(await complaint(sdk.loadAgent(`${chainId}:2`))).to.include(`Failed to load agent ${chainId}:2`);
      });

      it("should load an agent that is two: the file of the one, and the wallet of the other", async () => {
        const loaded = await sdk.loadAgent(ID);
        expect([loaded.name, await loaded.getWallet()]).to.deep.equal([FILE.name, OWNER]);
        // What is written back goes to Tenure: the other agent's file becomes this one's.
        await (await loaded.registerOnChain()).waitMined();
        expect(await node.read("tokenURI", 1n)).to.equal(loaded.agentURI);
      });

      it("should look in the official registry's subgraph, unless another is named", () => {
        const urlOf = (made: object) =>
          (made as { subgraphClient: { client: { url: string } } }).subgraphClient.client.url;
        const [, other] = Object.entries(DEFAULT_SUBGRAPH_URLS).find(([key]) => key === String(chainId)) ?? [];
        expect(urlOf(sdkOn(node, chainId, 1, { subgraphOverrides: {} }))).to.equal(other);
        const own = "http://127.0.0.1:9/own";
        expect(urlOf(sdkOn(node, chainId, 1, { subgraphOverrides: { [chainId]: own } }))).to.equal(own);
      });

      it("should read Tenure once the exported table of built-in registries says so", async () => {
        const entry = DEFAULT_REGISTRIES[chainId];
        if (entry === undefined) throw new Error("It is not built in.");
        entry.IDENTITY = node.tenure;
        try {
          expect(await sdk.getAgentOwner(ID)).to.equal(OWNER);
        } finally {
          entry.IDENTITY = official;
        }
      });
    });
  }

  it("should fail, rather than read another agent, where the official registry is not on the chain", async () => {
    const node = await openNode(11_155_111);
    try {
      await node.send(1, "register");
      const said = await complaint(sdkOn(node, 11_155_111).loadAgent("11155111:1"));
      expect(said).to.include('The contract function "tokenURI" returned no data ("0x")');
    } finally {
      await node.close();
    }
  });
});

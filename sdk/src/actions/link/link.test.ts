// Links to transferable agents: of the same chain, by contract; of any chain, by statements in both registration files.

import { expect } from "chai";
import { artifacts } from "hardhat";
import { createClient, custom, encodeAbiParameters, getAddress, type Hex, http, RpcRequestError } from "viem";
import { hardhat } from "viem/chains";
import { rejection } from "../../../test/utils/rejection.ts";
import { codeThat, offchainLookup, visited } from "../../../test/utils/strangers.ts";
import { type Member, openWorld, type World } from "../../../test/utils/world.ts";
import {
  type AgentLink,
  getLinks,
  getLinksAddress,
  shortAddresses,
  tenurePublicActions,
  verifyAgentLink,
} from "../../index.ts";

describe("links to transferable agents", () => {
  const [one, two] = [1, 2];
  let world: World;
  let agents: Awaited<ReturnType<typeof deployAgents>>;
  before(async () => {
    world = await openWorld();
    for (const agent of world.members.slice(0, 2)) await agent.registerSync({});
    agents = await deployAgents(world.members[0]);
    await world.mark();
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  const token = () => ({ agentRegistry: agents.address, agentId: 1 });

  async function all(walk: AsyncIterable<AgentLink>): Promise<AgentLink[]> {
    const found: AgentLink[] = [];
    for await (const link of walk) found.push(link);
    return found;
  }

  describe("on this chain", () => {
    it("should be true until the agent is sold", async () => {
      const [owner, buyer] = world.members;
      await agents.register(owner, "");
      const { receipt, ...event } = await owner.linkSync({ id: one, ...token() });
      const made = { tokenOwner: owner.account.address, keyEpoch: 0, throughWallet: false };
      const link = { id: one, agentRegistry: agents.address, agentId: 1n, ...made };
      expect(event).to.deep.equal(link);
      expect(await owner.getLink(token())).to.deep.equal({ ...link, isLinked: true });
      expect(await owner.getLinkedIdentity(token())).to.equal(one);
      await agents.sell(owner, buyer, 1n);
      expect(await owner.getLink(token())).to.deep.equal({ ...link, isLinked: false });
      expect(await owner.getLinkedIdentity(token())).to.equal(undefined);
      await buyer.linkSync({ id: two, ...token() });
      expect(await owner.getLinkedIdentity(token())).to.equal(two);
      const history = await owner.getHistory({ id: one });
      expect(history.at(-1)).to.deep.include({
        eventName: "AgentUnlinked",
        ...{ id: one, agentRegistry: agents.address, agentId: 1n },
        registry: shortAddresses.agentLinks,
      });
      expect(receipt.status).to.equal("success");
    });

    it("should be listed, page by page, and taken back", async () => {
      const [owner] = world.members;
      for (let times = 0; times < 3; times++) await agents.register(owner, "");
      for (const agentId of [1, 2n, 3]) await owner.linkSync({ ...token(), id: one, agentId });
      for (const pageSize of [1, 2, 20]) {
        const found = await all(owner.getLinks({ id: one, pageSize }));
        expect(found.map(({ agentId }) => agentId)).to.deep.equal([1n, 2n, 3n]);
      }
      expect(await all(owner.getLinks({ id: one, limit: 2 }))).to.have.length(2);
      const { id, agentId } = await owner.unlinkSync({ ...token(), id: one, agentId: 1 });
      expect({ id, agentId }).to.deep.equal({ id: one, agentId: 1n });
      expect((await all(owner.getLinks({ id: one }))).map(({ agentId }) => agentId)).to.deep.equal([3n, 2n]);
      expect(await owner.getLink(token())).to.equal(undefined);
      expect(await all(owner.getLinks({ id: 99 }))).to.deep.equal([]);
    });

    it("should be listed by a node that gives a call little gas, though the token's contract burns what it gets", async () => {
      const [owner] = world.members;
      for (const agentId of [1, 2, 3]) {
        await agents.register(owner, "");
        await owner.linkSync({ ...token(), id: one, agentId });
      }
      // For ever.
      await owner.setCode({ address: agents.address, bytecode: "0x5b600056" });
      const client = (gas: Hex) => {
        const { request } = http(world.url)({ chain: hardhat });
        const capped = async ({ method, params }: { method: string; params?: unknown }) => {
          const [call, ...rest] = (params ?? []) as object[];
          const asked = method === "eth_call" ? { method, params: [{ ...call, gas }, ...rest] } : { method, params };
          return request(asked as Parameters<typeof request>[0]);
        };
        return createClient({ chain: hardhat, transport: custom({ request: capped }, { retryCount: 0 }) });
      };
      const question = { id: one, addresses: shortAddresses };
      const found = await all(getLinks(client("0x40000"), question));
      expect(found.map(({ agentId, isLinked }) => [agentId, isLinked])).to.deep.equal(
        [1n, 2n, 3n].map((id) => [id, false]),
      );
      const error = await rejection(all(getLinks(client("0x18000"), question)));
      expect(error.name).to.equal("InsufficientGasError");
    });

    it("should refuse by name", async () => {
      const [owner, other] = world.members;
      await agents.register(owner, "");
      const { agentRegistry } = token();
      const attempts: [() => Promise<unknown>, string, object][] = [
        [() => other.link({ id: two, ...token() }), "TokenNotHeldError", { agentRegistry, agentId: 1n, id: two }],
        [() => other.link({ id: one, ...token() }), "NotOwnerError", { id: one, caller: other.account.address }],
        [
          () => owner.link({ id: one, agentRegistry, agentId: 9 }),
          "TokenUnreadableError",
          { agentRegistry, agentId: 9n },
        ],
        [() => owner.unlink({ id: one, ...token() }), "LinkNotFoundError", { id: one, agentRegistry, agentId: 1n }],
        [
          () => owner.link({ id: one, agentRegistry: shortAddresses.identityRegistry, agentId: 1 }),
          ...(["InvalidRegistryError", { agentRegistry: shortAddresses.identityRegistry }] as const),
        ],
      ];
      for (const [attempt, name, args] of attempts) {
        const error = await rejection(attempt());
        expect(error.name).to.equal(name);
        expect((error as { args?: unknown }).args).to.deep.include(args);
      }
      await owner.linkSync({ id: one, ...token() });
      expect(await rejection(owner.link({ id: one, ...token() }))).to.deep.include({
        name: "AlreadyLinkedError",
        args: { agentRegistry, agentId: 1n, linkedId: one },
      });
      await owner.suspendSync({ id: one });
      expect((await rejection(owner.link({ id: one, agentRegistry, agentId: 2 }))).name).to.equal(
        "IdentitySuspendedError",
      );
    });

    it("should count only beside the registry of identities whose links they are", async () => {
      const [owner] = world.members;
      expect(getLinksAddress(owner)).to.equal(shortAddresses.agentLinks);
      const elsewhere = { identityRegistry: "0x00000000000000000000000000000000000000AA" } as const;
      expect(getLinksAddress(owner, elsewhere)).to.equal(undefined);
      const error = await rejection(owner.getLink({ ...token(), addresses: elsewhere }));
      expect(error.name).to.equal("DeploymentNotFoundError");
      expect(error.message).to.include("AgentLinks");
    });
  });

  describe("by statements in both registration files", () => {
    const TYPE = "https://eips.ethereum.org/EIPS/eip-8004#registration-v1";
    const file = (...registrations: object[]) =>
      `data:application/json,${encodeURIComponent(JSON.stringify({ type: TYPE, name: "x", registrations }))}`;
    const agent = () => ({ agentRegistry: `eip155:31337:${agents.address}`, agentId: 1 });
    const identity = (id = one) => ({ agentRegistry: `eip155:31337:${shortAddresses.identityRegistry}`, agentId: id });

    /** Identity 1 and token 1, of one owner, say of each other that they belong together. */
    async function declare(): Promise<Hex> {
      const [owner] = world.members;
      await agents.register(owner, "");
      const { signature: linkSignature } = await owner.signAgentLink({ id: one, agent: agent() });
      await owner.setAgentURISync({ id: one, agentURI: file({ ...agent(), linkSignature }) });
      await agents.setAgentURI(owner, 1n, file({ ...identity(), linkSignature }));
      return linkSignature;
    }
    const verify = async (more: object = {}) => {
      const { status, reason } = await world.members[2].verifyAgentLink({ id: one, agent: agent(), ...more });
      return reason === undefined ? status : `${status}: ${reason}`;
    };

    it("should be linked where both say so, whatever the letters of addresses", async () => {
      await declare();
      expect(await verify()).to.equal("linked");
      const { agentRegistry, agentId } = agent();
      expect(await verify({ agent: { agentRegistry: agentRegistry.toLowerCase(), agentId } })).to.equal("linked");
      const { registrations } = (await world.members[0].getRegistrationFile({ id: one })).file;
      for (const entry of registrations) expect(await verify({ agent: entry })).to.equal("linked");
    });

    it("should be linked where two owners sign, each for its own file", async () => {
      const [owner, operator] = world.members;
      await agents.register(operator, "");
      const owners = { agentOwner: operator.account.address };
      const said = await owner.signAgentLink({ id: one, agent: agent(), ...owners });
      const answered = await operator.signAgentLink({ id: one, agent: agent() });
      expect({ ...answered, signature: said.signature }).to.deep.equal(said);
      await owner.setAgentURISync({ id: one, agentURI: file({ ...agent(), linkSignature: said.signature }) });
      expect(await verify()).to.equal("broken: agentSilent");
      await agents.setAgentURI(operator, 1n, file({ ...identity(), linkSignature: said.signature }));
      expect(await verify()).to.equal("broken: agentUnsigned");
      await agents.setAgentURI(operator, 1n, file({ ...identity(), linkSignature: answered.signature }));
      expect(await verify()).to.equal("linked");
    });

    it("should be broken by a sale, whatever the buyer signs", async () => {
      const [seller, , , buyer] = world.members;
      await declare();
      await agents.sell(seller, buyer, 1n);
      expect(await verify()).to.equal("broken: identityUnsigned");
      const { signature } = await buyer.signAgentLink({ id: one, agent: agent() });
      await agents.setAgentURI(buyer, 1n, file({ ...identity(), linkSignature: signature }));
      expect(await verify()).to.equal("broken: identityUnsigned");
    });

    it("should be broken by a rotation, and by either side's silence", async () => {
      const [owner, , , next] = world.members;
      const linkSignature = await declare();
      await agents.setAgentURI(owner, 1n, file(identity()));
      expect(await verify()).to.equal("broken: agentUnsigned");
      await agents.setAgentURI(owner, 1n, file({ ...identity(two), linkSignature }));
      expect(await verify()).to.equal("broken: agentSilent");
      await owner.setAgentURISync({ id: one, agentURI: "data:application/json,{}" });
      expect(await verify()).to.equal("broken: identitySilent");
      await owner.setAgentURISync({ id: one, agentURI: file({ ...agent(), linkSignature }) });
      await owner.rotateKeySync({ signed: await next.signRotateKey({ id: one }) });
      expect(await verify()).to.equal("broken: agentSilent");
      await agents.setAgentURI(owner, 1n, file({ ...identity(), linkSignature }));
      expect(await verify()).to.equal("broken: identityUnsigned");
      await next.retireSync({ id: one });
      expect(await verify()).to.equal("broken: identityEnded");
    });

    it("should be unknown without a client of the agent's chain, and where somebody does not answer", async () => {
      const [owner] = world.members;
      await declare();
      const elsewhere = { agentRegistry: agent().agentRegistry.replace("31337", "1"), agentId: 1 };
      expect(await verify({ agent: elsewhere })).to.equal("unknown: noClient");
      expect(await verify({ agent: { agentRegistry: "solana:5eykt4:abc", agentId: 1 } })).to.equal("unknown: noClient");
      const gone = createClient({
        chain: { ...hardhat, id: 1 },
        transport: http("http://127.0.0.1:1", { retryCount: 0 }),
      });
      expect(await verify({ agent: elsewhere, clients: [gone] })).to.equal("unknown: agentUnread");
      await owner.setAgentURISync({ id: one, agentURI: "ipfs://bafy" });
      expect(await verify()).to.equal("unknown: identityUnread");
      await owner.suspendSync({ id: one });
      expect(await verify()).to.equal("unknown: identitySuspended");
    });

    it("should be broken where nobody owns the token, or no contract is there", async () => {
      const [owner] = world.members;
      const { signature: linkSignature } = await owner.signAgentLink({ id: one, agent: agent() });
      await owner.setAgentURISync({ id: one, agentURI: file({ ...agent(), linkSignature }) });
      expect(await verify()).to.equal("broken: agentUnowned");
      const nowhere = { agentRegistry: "eip155:31337:0x00000000000000000000000000000000000000AA", agentId: 1 };
      expect(await verify({ agent: nowhere })).to.equal("broken: agentUnowned");
    });

    it("should ask the other chain by its own client", async () => {
      const [owner] = world.members;
      const other = await openWorld();
      try {
        const [holder] = other.members;
        const there = await deployAgents(holder);
        await there.register(holder, "");
        const far = { agentRegistry: `eip155:10:${there.address}`, agentId: 1 };
        const { signature: linkSignature } = await owner.signAgentLink({ id: one, agent: far });
        await owner.setAgentURISync({ id: one, agentURI: file({ ...far, linkSignature }) });
        await there.setAgentURI(holder, 1n, file({ ...identity(), linkSignature }));
        // Two chains of the same number: the second says that it is another one.
        const client = answering(other.url, 10, ({ method }) => (method === "eth_chainId" ? "0xa" : undefined));
        const found = await verifyAgentLink(owner, { id: one, agent: far, clients: [client] });
        expect(found).to.deep.equal({ status: "linked", reason: undefined });
        await there.sell(holder, other.members[1], 1n);
        const broken = await owner
          .extend(tenurePublicActions())
          .verifyAgentLink({ id: one, agent: far, clients: [client] });
        expect(broken).to.deep.equal({ status: "broken", reason: "identityUnsigned" });
      } finally {
        await other.close();
      }
    });

    it("should not be asked of a node on another chain than its client", async () => {
      const [owner] = world.members;
      // Registries have the same address on many chains, and so may have their tokens the same owners.
      const far = { agentRegistry: `eip155:10:${agents.address}`, agentId: 1 };
      await agents.register(owner, "");
      const { signature: linkSignature } = await owner.signAgentLink({ id: one, agent: far });
      await owner.setAgentURISync({ id: one, agentURI: file({ ...far, linkSignature }) });
      await agents.setAgentURI(owner, 1n, file({ ...identity(), linkSignature }));
      const mistaken = createClient({ chain: { ...hardhat, id: 10 }, transport: http(world.url) });
      expect(await verify({ agent: far, clients: [mistaken] })).to.equal("unknown: noClient");
      const error = await rejection(verifyAgentLink(mistaken, { id: one, agent: far, addresses: shortAddresses }));
      expect(error.name).to.equal("WrongChainError");
    });

    it("should be told from a link to a chain whose number is another one's when rounded", async () => {
      const [owner] = world.members;
      const { address } = agents;
      const agent = { agentRegistry: `eip155:9007199254740993:${address}`, agentId: 1 };
      expect((await rejection(owner.signAgentLink({ id: one, agent }))).name).to.equal("UnsupportedAgentError");
      const client = createClient({
        chain: { ...hardhat, id: Number("9007199254740993") },
        transport: http(world.url),
      });
      expect(await verify({ agent, clients: [client] })).to.equal("unknown: noClient");
    });

    it("should hold numbers of 256 bits, of which no two are taken for each other", async () => {
      const [owner] = world.members;
      const there = "0x00000000000000000000000000000000000000bb";
      const agentId = 2n ** 255n + 1n;
      const far = { agentRegistry: `eip155:31337:${there}`, agentId };
      const { signature: linkSignature } = await owner.signAgentLink({ id: one, agent: far });
      const entry = { ...far, agentId: String(agentId), linkSignature };
      await owner.setAgentURISync({ id: one, agentURI: file(entry) });
      /** A token contract of one owner and one file. */
      const client = answering(world.url, 31_337, ({ method, params }) => {
        const [{ to, data }] = (params ?? [{}]) as [{ to?: string; data?: Hex }];
        if (method !== "eth_call" || to?.toLowerCase() !== there) return undefined;
        return data?.startsWith("0x6352211e")
          ? encodeAbiParameters([{ type: "address" }], [owner.account.address])
          : encodeAbiParameters([{ type: "string" }], [file({ ...identity(), linkSignature })]);
      });
      const found = (id: bigint) => verifyAgentLink(client, { id: one, agent: { ...far, agentId: id }, ...at });
      const at = { addresses: shortAddresses };
      expect(await found(agentId)).to.deep.equal({ status: "linked", reason: undefined });
      expect(await found(agentId - 1n)).to.deep.equal({ status: "broken", reason: "identitySilent" });
      const { registrations } = (await owner.getRegistrationFile({ id: one })).file;
      expect(registrations).to.deep.equal([{ ...far, linkSignature }]);
    });

    it("should be linked where an earlier signature stands beside the good one", async () => {
      const [owner] = world.members;
      const linkSignature = await declare();
      const earlier = `0x${"12".repeat(65)}`;
      const entries = [agent(), { ...agent(), linkSignature: earlier }, { ...agent(), linkSignature }];
      await owner.setAgentURISync({ id: one, agentURI: file(...entries) });
      expect(await verify()).to.equal("linked");
      await owner.setAgentURISync({ id: one, agentURI: file(...entries.slice(0, 2)) });
      expect(await verify()).to.equal("broken: identityUnsigned");
    });

    describe("given a token contract of a stranger's", () => {
      const address = "0x00000000000000000000000000000000000000cc";
      const strange = { agentRegistry: `eip155:31337:${address}`, agentId: 1 };

      it("should not fetch what the contract says (ERC-3668)", async () => {
        const [owner] = world.members;
        const visits = await visited(async (url) => {
          await owner.setCode({ address, bytecode: codeThat("reverts", offchainLookup(address, url)) });
          expect(await verify({ agent: strange })).to.equal("broken: agentUnowned");
        });
        expect(visits).to.deep.equal([]);
      });

      it("should be broken where nobody is the owner's name", async () => {
        const [owner] = world.members;
        await owner.setCode({ address, bytecode: codeThat("answers", `0x${"00".repeat(32)}`) });
        expect(await verify({ agent: strange })).to.equal("broken: agentUnowned");
        await owner.setCode({ address, bytecode: codeThat("reverts", "0x") });
        expect(await verify({ agent: strange })).to.equal("broken: agentUnowned");
        await owner.setCode({ address, bytecode: codeThat("answers", "0x12") });
        expect(await verify({ agent: strange })).to.equal("unknown: agentUnread");
      });
    });

    it("should be unknown, and not broken, where a node has an error of its own", async () => {
      await declare();
      for (const error of [
        { code: -32603, message: "Internal error" },
        { code: -32005, message: "limit exceeded" },
        { code: -32000, message: "header not found" },
      ]) {
        const client = answering(world.url, 31_337, ({ method, params }) => {
          const asksToken = JSON.stringify(params ?? [])
            .toLowerCase()
            .includes(agents.address.toLowerCase());
          if (method === "eth_call" && asksToken) throw new RpcRequestError({ body: {}, error, url: world.url });
          return undefined;
        });
        const found = await verifyAgentLink(client, { id: one, agent: agent(), addresses: shortAddresses });
        expect(found, error.message).to.deep.equal({ status: "unknown", reason: "agentUnread" });
      }
    });

    it("should not be signed by somebody who owns neither side, nor for what is on no EVM chain", async () => {
      const [owner, , stranger] = world.members;
      const agentOwner = owner.account.address;
      const parameters = { id: one, agent: agent(), agentOwner };
      expect(await rejection(stranger.signAgentLink(parameters))).to.deep.include({
        name: "NotOwnerError",
        args: { id: one, caller: stranger.account.address },
      });
      const error = await rejection(owner.signAgentLink({ id: one, agent: { agentRegistry: "near:x", agentId: 1 } }));
      expect(error.name).to.equal("UnsupportedAgentError");
    });
  });
});

/** A client whose node answers some requests in its own way; undefined leaves one as it is. */
function answering(url: string, id: number, answer: (asked: { method: string; params?: unknown }) => Hex | undefined) {
  const { request } = http(url)({ chain: hardhat });
  const forge = async (asked: { method: string; params?: unknown }) =>
    answer(asked) ?? request(asked as Parameters<typeof request>[0]);
  return createClient({ chain: { ...hardhat, id }, transport: custom({ request: forge }, { retryCount: 0 }) });
}

/** A registry of agents that can be sold, and what their holders do there. */
async function deployAgents(deployer: Member) {
  const { abi, bytecode } = await artifacts.readArtifact("TransferableAgents");
  const creation = await deployer.deployContract({ abi, bytecode, args: [] });
  const { contractAddress } = await deployer.waitForTransactionReceipt({ hash: creation });
  const contract = { abi, address: getAddress(contractAddress ?? "0x") } as const;
  const mined = async (member: Member, hash: Promise<Hex>) => member.waitForTransactionReceipt({ hash: await hash });
  return {
    address: contract.address,
    register: (member: Member, agentURI: string) =>
      mined(member, member.writeContract({ ...contract, functionName: "register", args: [agentURI] })),
    setAgentURI: (member: Member, agentId: bigint, agentURI: string) =>
      mined(member, member.writeContract({ ...contract, functionName: "setAgentURI", args: [agentId, agentURI] })),
    sell: (seller: Member, buyer: Member, agentId: bigint) =>
      mined(
        seller,
        seller.writeContract({
          ...contract,
          functionName: "transferFrom",
          args: [seller.account.address, buyer.account.address, agentId],
        }),
      ),
  };
}

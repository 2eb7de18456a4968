// Links of any chain, by statements in both registration files.

import { expect } from "chai";
import { createClient, custom, encodeAbiParameters, type Hex, http, RpcRequestError } from "viem";
import { hardhat } from "viem/chains";
import { deployAgents } from "../../../test/utils/agents.ts";
import { rejection } from "../../../test/utils/rejection.ts";
import { codeThat, offchainLookup, visited } from "../../../test/utils/strangers.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";
import { shortAddresses, tenurePublicActions, verifyAgentLink } from "../../index.ts";

describe("verifyAgentLink, by statements in both registration files", () => {
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

  it("should be linked by the entry that is understood, and by none that is not", async () => {
    const [owner] = world.members;
    const linkSignature = await declare();
    const { agentRegistry } = agent();
    const foreign = [
      null,
      { agentId: "7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU", agentRegistry: "solana:5eykt4:8oo4", linkSignature },
      { agentId: null, agentRegistry, linkSignature },
      { agentId: "31337:1", agentRegistry, linkSignature },
      { agentId: [1], agentRegistry, linkSignature },
      { agentId: 1, agentRegistry: [agentRegistry], linkSignature },
    ];
    await owner.setAgentURISync({ id: one, agentURI: file(...(foreign as object[]), { ...agent(), linkSignature }) });
    expect(await verify()).to.equal("linked");
    await owner.setAgentURISync({ id: one, agentURI: file(...(foreign as object[])) });
    expect(await verify()).to.equal("broken: identitySilent");
    // The signature is not understood, and the entry is.
    for (const linkSignature of [`${await declare()}0`, [await declare()], null]) {
      await owner.setAgentURISync({ id: one, agentURI: file({ ...agent(), linkSignature }) });
      expect(await verify()).to.equal("broken: identityUnsigned");
    }
    await owner.setAgentURISync({ id: one, agentURI: "data:application/json,[]" });
    expect(await verify()).to.equal("broken: identitySilent");
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

/** A client whose node answers some requests in its own way; undefined leaves one as it is. */
function answering(url: string, id: number, answer: (asked: { method: string; params?: unknown }) => Hex | undefined) {
  const { request } = http(url)({ chain: hardhat });
  const forge = async (asked: { method: string; params?: unknown }) =>
    answer(asked) ?? request(asked as Parameters<typeof request>[0]);
  return createClient({ chain: { ...hardhat, id }, transport: custom({ request: forge }, { retryCount: 0 }) });
}

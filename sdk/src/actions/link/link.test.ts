// Links of the same chain, which the contract holds.

import { expect } from "chai";
import { createClient, custom, type Hex, http } from "viem";
import { hardhat } from "viem/chains";
import { deployAgents } from "../../../test/utils/agents.ts";
import { rejection } from "../../../test/utils/rejection.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";
import { type AgentLink, getLinks, getLinksAddress, shortAddresses } from "../../index.ts";

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
});

// viem gathers reads in the Multicall3 that a chain names, and fails where that is not there.

import { expect } from "chai";
import { type Address, createClient, http, publicActions } from "viem";
import { hardhat } from "viem/chains";
import { shortAddresses, signVouch, tenurePublicActions, tenureWalletActions, verifyVouch } from "../src/index.ts";
import { loadTrustGraph } from "../src/trust/index.ts";
import { guarded } from "./utils/guarded.ts";
import { MULTICALL, putMulticall } from "./utils/multicall.ts";
import { rejection } from "./utils/rejection.ts";
import { openWorld, type World } from "./utils/world.ts";

const NOWHERE: Address = "0x00000000000000000000000000000000000000AA";

describe("reads by a client that gathers calls", () => {
  let world: World;
  let node: Awaited<ReturnType<typeof guarded>>;
  before(async () => {
    world = await openWorld();
    const [one, two] = world.members;
    await one.registerSync({ agentURI: "data:application/json,{}" });
    await two.registerSync({});
    await world.earn(one, two);
    await one.vouchSync({ voucherId: 1, subjectId: 2, stake: 3, periods: 1 });
    await putMulticall(one);
    node = await guarded(world.url, {});
  });
  after(async () => {
    await node.close();
    await world.close();
  });

  const open = (address: Address, multicall = true) => {
    const chain = { ...hardhat, contracts: { multicall3: { address } } };
    return createClient({ chain, batch: { multicall }, transport: http(node.url, { retryCount: 0 }) }).extend(
      tenurePublicActions(),
    );
  };
  /** As `createPublicClient` makes it: with viem's own actions, which gather by themselves. */
  const openPublic = (address: Address, multicall = true) =>
    open(address, multicall).extend(publicActions).extend(tenurePublicActions()) as unknown as ReturnType<typeof open>;
  const listed = async <item>(items: AsyncIterable<item>) => {
    const list: item[] = [];
    for await (const item of items) list.push(item);
    return list;
  };
  const calls = () => node.seen.requests.filter(({ method }) => method === "eth_call").length;

  describe("given a chain that names a Multicall3 that is not there", () => {
    const reads: Record<string, (client: ReturnType<typeof open>) => Promise<unknown>> = {
      getIdentity: (client) => client.getIdentity({ id: 1 }),
      getProfile: (client) => client.getProfile({ id: 1 }),
      getProfiles: (client) => client.getProfiles({ ids: [1, 2] }),
      resolveKey: (client) => client.resolveKey({ address: world.members[0].account.address }),
      getStanding: (client) => client.getStanding({ id: 1 }),
      getSupport: (client) => client.getSupport({ id: 2 }),
      getSupportAt: (client) => client.getSupportAt({ id: 2, period: 99_999 }),
      getVouch: (client) => client.getVouch({ voucherId: 1, subjectId: 2 }),
      getVouchers: (client) => listed(client.getVouchers({ id: 2 })),
      getVouchesBy: (client) => listed(client.getVouchesBy({ id: 1 })),
      getAgentMetadata: (client) => client.getAgentMetadata({ id: 1, key: "model" }),
      getHistory: (client) => client.getHistory({ id: 1 }),
      getParameters: (client) => client.getParameters(),
      checkRequirement: (client) =>
        client.checkRequirement({ id: 2, requirement: { anchors: [1], minAnchors: 1, minKeyAge: 1 } }),
      verifyVouch: async (client) => {
        const signed = await world.members[0].signVouch({ voucherId: 1, subjectId: 2, stake: 1, periods: 1 });
        return verifyVouch(client, { signed });
      },
      signVouch: async (client) => {
        const { account } = world.members[0];
        return (await signVouch(client, { account, voucherId: 1, subjectId: 2, stake: 1, periods: 1 })).keyEpoch;
      },
      simulate: async (client) => {
        const { account } = world.members[0];
        return (await client.extend(tenureWalletActions()).pulse.simulate({ id: 1, account })).request.address;
      },
      loadTrustGraph: async (client) => (await loadTrustGraph(client)).differences,
    };
    for (const [name, read] of Object.entries(reads)) {
      it(`should answer what a client without batches is answered, from ${name}`, async () => {
        const answer = await read(open(NOWHERE));
        expect(answer).to.deep.equal(await read(open(NOWHERE, false)));
        expect(answer).to.not.equal(undefined);
      });

      it(`should answer a public client the same, from ${name}`, async () => {
        const answer = await read(openPublic(NOWHERE));
        expect(answer).to.deep.equal(await read(open(NOWHERE, false)));
      });
    }

    it("should try it once", async () => {
      const client = open(NOWHERE);
      await client.getStanding({ id: 1 });
      node.seen.requests.length = 0;
      await Promise.all([client.getStanding({ id: 1 }), client.getSupport({ id: 2 })]);
      expect(calls()).to.equal(2);
    });

    it("should still say what is wrong: no registry, and a refusal", async () => {
      const addresses = { ...shortAddresses, identityRegistry: NOWHERE };
      const lost = await rejection(open(NOWHERE).getIdentity({ id: 1, addresses }));
      expect(lost.name).to.equal("RegistryNotDeployedError");
      const refused = await rejection(open(NOWHERE).getSupportAt({ id: 1, period: 0 }));
      expect(refused.name).to.equal("PeriodPassedError");
    });
  });

  describe("given a chain with Multicall3", () => {
    it("should gather them", async () => {
      const client = open(MULTICALL);
      node.seen.requests.length = 0;
      const [standing, support] = await Promise.all([client.getStanding({ id: 1 }), client.getSupport({ id: 2 })]);
      expect(calls()).to.equal(1);
      expect([standing.staked, support.support]).to.deep.equal([3, 3]);
    });

    it("should say that no registry is there, and what the registry refuses", async () => {
      const addresses = { ...shortAddresses, identityRegistry: NOWHERE };
      expect((await rejection(open(MULTICALL).getIdentity({ id: 1, addresses }))).name).to.equal(
        "RegistryNotDeployedError",
      );
      const refused = await rejection(open(MULTICALL).getSupportAt({ id: 1, period: 0 }));
      expect(refused.name).to.equal("PeriodPassedError");
    });
  });
});

import { expect } from "chai";
import { createClient, custom, type Hex, hexToBigInt, http, keccak256, toHex, zeroHash } from "viem";
import { hardhat } from "viem/chains";
import { onEachNode } from "../../../test/utils/nodes.ts";
import { rejection } from "../../../test/utils/rejection.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";
import { tenureWalletActions } from "../../index.ts";

onEachNode("pulse", (start) => {
  let world: World;
  before(async () => {
    world = await openWorld(0, start);
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  it("should credit the silence before it, and report the checkpoint", async () => {
    const [agent] = world.members;
    const { id } = await agent.registerSync({});
    await world.wait(900);
    expect((await agent.getIdentity({ id })).tenure).to.equal(0);
    const { result: promised } = await agent.pulse.simulate({ id });
    expect(promised).to.be.within(900, 960);
    const checkpoint = keccak256(toHex("log"));
    const event = await agent.pulseSync({ id, checkpoint });
    expect(event).to.deep.include({ id, checkpoint });
    const { tenure, lastSeen, firstSeen } = await agent.getIdentity({ id });
    expect(lastSeen - firstSeen).to.be.within(900, 960);
    expect(tenure).to.equal(lastSeen - firstSeen);
  });

  it("should send zero where no checkpoint is given", async () => {
    const [agent] = world.members;
    const { id } = await agent.registerSync({});
    expect((await agent.pulseSync({ id })).checkpoint).to.equal(zeroHash);
  });

  it("should have the gas for it where the node estimates with the time at which the identity was seen", async () => {
    const [agent] = world.members;
    const { id } = await agent.registerSync({});
    const { request } = http(world.url)({ chain: hardhat });
    // Nodes that take the latest block's time find that nothing changes in storage, which takes so much less.
    const stale = custom({
      request: async (asked: { method: string; params?: unknown }) => {
        const answer = await request(asked as Parameters<typeof request>[0]);
        return asked.method === "eth_estimateGas" ? toHex(hexToBigInt(answer as Hex) - 2_258n) : answer;
      },
    });
    const through = (account: typeof agent.account) =>
      createClient({ account, chain: hardhat, transport: stale, pollingInterval: 20 }).extend(tenureWalletActions());
    await world.wait(2);
    expect((await through(agent.account).pulseSync({ id })).receipt.status).to.equal("success");
    const { receipt } = await agent.pulseSync({ id, gas: 50_000n });
    expect((await agent.getTransaction({ hash: receipt.transactionHash })).gas).to.equal(50_000n);
  });

  it("should refuse a stranger and an unknown identity", async () => {
    const [agent, stranger] = world.members;
    const { id } = await agent.registerSync({});
    const caller = stranger.account.address;
    expect(await rejection(stranger.pulse({ id }))).to.deep.include({
      name: "NotAuthorizedError",
      args: { id, caller },
    });
    expect(await rejection(stranger.pulse({ id: 9 }))).to.deep.include({
      name: "UnknownIdentityError",
      args: { id: 9 },
    });
  });
});

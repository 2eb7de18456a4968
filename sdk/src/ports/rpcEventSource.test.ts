import { expect } from "chai";
import { all } from "../../test/utils/all.ts";
import { isAnvilInstalled, startAnvil } from "../../test/utils/anvil.ts";
import { openWorld, type World } from "../../test/utils/world.ts";
import { type EventSource, rpcEventSource, rpcReader, type WatchedEvent } from "../index.ts";

describe("rpcEventSource", () => {
  let world: World;
  before(async () => {
    world = await openWorld();
    const [, one, two] = world.members;
    for (const agent of [one, two]) await agent.registerSync({});
    await world.earn(one, two);
    await one.vouchSync({ voucherId: 1, subjectId: 2, stake: 3, periods: 1 });
    await world.mark();
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  it("should end quietly on its signal: before the first look, and while it waits", async () => {
    const source = rpcEventSource(world.members[0], { pollingInterval: 60_000 });
    expect(await all(source.events({ fromBlock: 0n, signal: AbortSignal.abort() }))).to.deep.equal([]);
    const ended = new AbortController();
    setTimeout(() => ended.abort(), 200);
    expect(await all(source.events({ signal: ended.signal }))).to.deep.equal([]);
  });

  it("should resume from the block of the last event, whose events come once more", async () => {
    const source = rpcEventSource(world.members[0], { pollingInterval: 10 });
    const take = async (fromBlock: bigint, most: number) => {
      const found: WatchedEvent[] = [];
      for await (const event of source.events({ fromBlock })) if (found.push(event) === most) break;
      return found;
    };
    const whole = await take(0n, 4);
    const { blockNumber } = whole[1] as WatchedEvent;
    const rest = whole.filter((event) => event.blockNumber >= blockNumber);
    expect(await take(blockNumber, rest.length)).to.deep.equal(rest);
  });

  it("should tell what happened from a block on, and take back what a reorg took", async () => {
    const [client, one] = world.members;
    const source: EventSource = rpcEventSource(client, { pollingInterval: 10 });
    const snapshot = await client.snapshot();
    const fromBlock = (await client.getBlockNumber({ cacheTime: 0 })) + 1n;
    await one.revokeSync({ voucherId: 1, subjectId: 2 });
    const ended = new AbortController();
    const seen: Pick<WatchedEvent, "eventName" | "removed">[] = [];
    for await (const { eventName, removed } of source.events({ fromBlock, id: 2, signal: ended.signal })) {
      seen.push({ eventName, removed });
      if (seen.length === 1) {
        await client.revert({ id: snapshot });
        await one.pulseSync({ id: 1 });
        await one.renewSync({ voucherId: 1, subjectId: 2, periods: 2 });
      }
      if (eventName === "Renewed") ended.abort();
    }
    expect(seen).to.deep.equal([
      { eventName: "Revoked", removed: false },
      { eventName: "Revoked", removed: true },
      { eventName: "Renewed", removed: false },
    ]);
  });

  describe("given a reorg as a node makes one", () => {
    it("should take back what it took, and show each block as it is now", async function () {
      if (!isAnvilInstalled()) this.skip();
      const forked = await openWorld(0, startAnvil);
      try {
        const [client, one] = forked.members;
        const reader = rpcReader(client);
        const fromBlock = (await reader.head()).number + 1n;
        await one.registerSync({ agentURI: "ipfs://one" });
        const { number: blockNumber, hash } = await reader.head();
        await client.mine({ blocks: 2 });
        expect((await reader.identity({ id: 1, blockNumber })).status).to.equal("active");
        const ended = new AbortController();
        const seen: [string, boolean][] = [];
        const events = rpcEventSource(client, { pollingInterval: 10 }).events({ fromBlock, signal: ended.signal });
        for await (const { eventName, removed } of events) {
          seen.push([eventName, removed]);
          if (!removed && seen.length === 1) {
            // The same heights, without its transaction; and one more block, so that the chain is longer.
            await client.request<{ Method: "anvil_reorg"; Parameters: [number, []]; ReturnType: null }>({
              method: "anvil_reorg",
              params: [3, []],
            });
            await client.mine({ blocks: 1 });
          }
          if (removed && eventName === "Registered") ended.abort();
        }
        expect(seen.filter(([eventName]) => eventName === "Registered")).to.deep.equal([
          ["Registered", false],
          ["Registered", true],
        ]);
        expect((await reader.identity({ id: 1, blockNumber })).status).to.equal("unknown");
        expect((await client.getBlock({ blockNumber })).hash).to.not.equal(hash);
      } finally {
        await forked.close();
      }
    });
  });
});

import { expect } from "chai";
import { openWorld, type World } from "../../test/utils/world.ts";
import { type EventSource, rpcEventSource, type WatchedEvent } from "../index.ts";

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
});

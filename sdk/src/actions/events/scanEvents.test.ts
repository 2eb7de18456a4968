import { expect } from "chai";
import { all } from "../../../test/utils/all.ts";
import { rejection } from "../../../test/utils/rejection.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";
import { getHistory, type ScannedRange, scanEvents } from "../../index.ts";

describe("scanEvents", () => {
  let world: World;
  before(async () => {
    world = await openWorld();
    const [client, one, two] = world.members;
    for (const agent of [one, two]) await agent.registerSync({});
    await client.mine({ blocks: 100 });
    await world.earn(one, two);
    await one.vouchSync({ voucherId: 1, subjectId: 2, stake: 3, periods: 1 });
    await two.revokeDelegationSync({ handle: `0x${"a1".repeat(32)}` });
    await client.mine({ blocks: 3 });
  });
  after(() => world.close());

  const eventsOf = (ranges: readonly ScannedRange[]) => ranges.flatMap(({ events }) => events);

  it("should tell what happened to everybody, in ranges without a gap up to the head, whatever their size", async () => {
    const [client] = world.members;
    const head = await client.getBlockNumber({ cacheTime: 0 });
    const whole = eventsOf(await all(scanEvents(client, { fromBlock: 0n })));
    for (const chunkSize of [1, 7, 10_000]) {
      const ranges = await all(client.scanEvents({ fromBlock: 0n, chunkSize }));
      let next = 0n;
      for (const { fromBlock, toBlock, events } of ranges) {
        expect(fromBlock).to.equal(next);
        for (const { blockNumber } of events) expect(blockNumber >= fromBlock && blockNumber <= toBlock).to.equal(true);
        next = toBlock + 1n;
      }
      expect(next).to.equal(head + 1n);
      expect(eventsOf(ranges)).to.deep.equal(whole);
    }
    for (const id of [1, 2]) {
      const own = whole.filter(
        (event) =>
          ("id" in event && event.id === id) ||
          ("voucherId" in event && [event.voucherId, event.subjectId].includes(id)),
      );
      expect(await getHistory(client, { id, fromBlock: 0n })).to.deep.equal(own);
    }
    expect(whole.map(({ eventName }) => eventName)).to.include("GrantRevoked");
  });

  it("should begin and end where it is told", async () => {
    const [client] = world.members;
    const whole = eventsOf(await all(scanEvents(client, { fromBlock: 0n })));
    const [first, last] = [whole[1], whole.at(-2)];
    const [fromBlock, toBlock] = [first?.blockNumber ?? 0n, last?.blockNumber ?? 0n];
    expect(eventsOf(await all(scanEvents(client, { fromBlock, toBlock })))).to.deep.equal(
      whole.filter(({ blockNumber }) => blockNumber >= fromBlock && blockNumber <= toBlock),
    );
    expect(await all(scanEvents(client, { fromBlock: toBlock, toBlock: toBlock - 1n }))).to.deep.equal([]);
  });

  it("should refuse a block that is not there, and numbers that are none", async () => {
    const [client] = world.members;
    expect(await rejection(all(scanEvents(client, { fromBlock: 0n, toBlock: 10_000n })))).to.have.property(
      "name",
      "BlockNotReachedError",
    );
    expect(await rejection(all(scanEvents(client, { fromBlock: -1n })))).to.have.property("name", "InvalidBlockError");
    expect(await rejection(all(scanEvents(client, { fromBlock: 0n, chunkSize: 0 })))).to.have.property(
      "name",
      "InvalidLimitError",
    );
  });
});

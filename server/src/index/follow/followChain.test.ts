import { rpcReader, type ScannedRange, scanEvents } from "@tenure/sdk";
import { expect } from "chai";
import { all } from "../../../../sdk/test/utils/all.ts";
import { onEachDatabase } from "../../../test/utils/databases.ts";
import { expectSameFacts, startFollowing, untilCaughtUp } from "../../../test/utils/following.ts";
import { openStory, type ScenarioName, type Story } from "../../../test/utils/story.ts";
import type { Database } from "../../database/index.ts";
import { readHistory, readTold, sqlFacts } from "../index.ts";

const programs: [ScenarioName, number][] = [
  ["guardians", 21],
  ["quarrels", 22],
  ["short", 23],
];

/** Every event of the chain as it is now, by the index and by the node. */
export async function expectSameEvents(database: Database, { client, addresses }: Story): Promise<void> {
  const ranges: ScannedRange[] = await all(scanEvents(client, { fromBlock: 0n, addresses }));
  const expected = ranges.flatMap(({ events }) => events);
  const wanted = { chain: 1, limit: 100_000 };
  const asOf = Number.MAX_SAFE_INTEGER;
  expect(await readHistory(database, { ...wanted, after: { number: -1n, logIndex: 0 }, asOf })).to.deep.equal(expected);
  // What was told, one after the other, comes to the same.
  const left = new Map<string, object>();
  for (const { event } of await readTold(database, { ...wanted, after: 0 })) {
    const { removed, ...own } = event;
    const key = `${own.blockHash} ${own.logIndex}`;
    expect(left.has(key), `${key} told twice, or taken back without having been told`).to.equal(removed);
    if (removed) left.delete(key);
    else left.set(key, own);
  }
  expect([...left.values()]).to.deep.equal(expected);
}

onEachDatabase("followChain", ({ open }) => {
  for (const [scenario, seed] of programs) {
    it(`should know what the node knows, through reorganisations: ${scenario}, seed ${seed}`, async () => {
      const story = await openStory(scenario, seed);
      const { client, addresses, name } = story;
      const database = await open();
      const following = startFollowing({ database, client, addresses, reach: 100, chunkSize: 37 });
      try {
        await story.act(60);
        await untilCaughtUp(database, name, client);
        await expectSameFacts(database, story, (await rpcReader(client).head()).number);
        for (const depth of [1, 5, 30]) {
          const takeBack = await story.remember();
          await story.act(depth);
          await untilCaughtUp(database, name, client);
          await takeBack();
          await story.act(depth + 1);
          await untilCaughtUp(database, name, client);
          await expectSameEvents(database, story);
          const { number } = await sqlFacts(database, name).head();
          expect(await expectSameFacts(database, story, number)).to.be.greaterThan(40);
          for (const before of [1n, 7n]) await expectSameFacts(database, story, number - before);
        }
        expect(following.problems).to.deep.equal([]);
      } finally {
        await following.stop();
        await database.close();
      }
    });
  }
});

import path from "node:path";
import { expect } from "chai";
import { type Databases, onEachDatabase } from "../../../test/utils/databases.ts";
import { expectSameEvents, expectSameFacts, startFollowing, untilCaughtUp } from "../../../test/utils/following.ts";
import { type Other, startOther } from "../../../test/utils/processes.ts";
import { openStory, type Story } from "../../../test/utils/story.ts";
import type { DatabaseSettings } from "../../database/index.ts";
import { sqlFacts, verifyIndex } from "../index.ts";

const program = path.join(import.meta.dirname, "../../../test/utils/followOther.ts");
const rounds = 12;

/** A process that follows the story into a database. */
function startFollower(settings: DatabaseSettings, url: string, { addresses }: Story): Other {
  return startOther(program, JSON.stringify({ settings, url, addresses }));
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Everything of the index is as the chain has it: nothing twice, nothing missing. */
async function expectWhole(databases: Databases, settings: DatabaseSettings, story: Story): Promise<void> {
  const database = await databases.open(settings);
  const { client, addresses, name } = story;
  const following = startFollowing({ database, client, addresses });
  try {
    await untilCaughtUp(database, name, client);
    await expectSameEvents(database, story);
    await expectSameFacts(database, story, (await sqlFacts(database, name).head()).number);
    expect((await verifyIndex({ database, name, client })).differences).to.deep.equal([]);
  } finally {
    await following.stop();
    await database.close();
  }
}

onEachDatabase("a follower that is killed at any moment", (databases) => {
  it("should be gone on with: nothing twice, nothing missing", async () => {
    const story = await openStory("short", 41);
    const node = await story.listen();
    const settings = await databases.fresh();
    try {
      await story.act(150);
      for (let round = 0; round < rounds; round++) {
        const other = startFollower(settings, node.url, story);
        await other.line();
        const takeBack = await story.remember();
        await story.act(4);
        await pause(250 * Math.random());
        if (round % 3 === 2) {
          await takeBack();
          await story.act(6);
          await pause(100 * Math.random());
        }
        await other.kill();
      }
      await expectWhole(databases, settings, story);
    } finally {
      await node.close();
    }
  });

  if (databases.engine === "postgres") {
    it("should be followed by another within ten seconds, while both can be read", async () => {
      const story = await openStory("short", 42);
      const node = await story.listen();
      const settings = await databases.fresh();
      const database = await databases.open(settings);
      const others: Other[] = [];
      try {
        // The first has the right to write before the second asks for it.
        for (const _ of [1, 2]) {
          const other = startFollower(settings, node.url, story);
          others.push(other);
          await other.line();
          await story.act(2);
          await untilCaughtUp(database, story.name, story.client);
        }
        for (let round = 0; round < 3; round++) {
          await story.act(10);
          await untilCaughtUp(database, story.name, story.client);
          await Promise.all([others.shift()?.kill(), story.act(5)]);
          await untilCaughtUp(database, story.name, story.client, 10_000);
          const next = startFollower(settings, node.url, story);
          others.push(next);
          await next.line();
        }
        await expectSameEvents(database, story);
      } finally {
        for (const other of others) await other.kill();
        await node.close();
        await database.close();
      }
      await expectWhole(databases, settings, story);
    });
  }
});

// The routes over an index that follows a chain: programs that come back, reorganisations, and servers that end meanwhile.
import { expect } from "chai";
import { createTenureClient } from "../../src/client/index.ts";
import type { Database } from "../../src/database/index.ts";
import { http } from "../../src/http/index.ts";
import { askNode, sqlDirectory } from "../../src/index/index.ts";
import { onEachDatabase } from "../utils/databases.ts";
import { startFollowing, untilCaughtUp } from "../utils/following.ts";
import { serveApp } from "../utils/serveApp.ts";
import { openStory, type Story } from "../utils/story.ts";

onEachDatabase("http over an index", ({ open }) => {
  let story: Story;
  let database: Database;
  let following: ReturnType<typeof startFollowing>;
  before(async () => {
    story = await openStory("short", 11);
    await story.act(60);
    database = await open();
    const { client, addresses, name } = story;
    following = startFollowing({ database, client, addresses, reach: 60 });
    await untilCaughtUp(database, name, client);
  });
  after(() => following.stop());

  /** A server of its own, as a process would be. */
  async function start() {
    const { client, name } = story;
    const directory = sqlDirectory({ database, name, isDelegated: askNode(client), limits: { maxLag: 3_600 } });
    const api = http({ directories: [directory], publicUrl: "https://tenure.example", version: "0" });
    const served = await serveApp(api.app);
    const stop = async () => {
      api.close();
      await served.close();
    };
    return { url: served.url, stop };
  }

  it("should go on with a list where it was, on another server, of the block at which it began", async () => {
    const one = await start();
    const first = await createTenureClient({ url: one.url }).listIdentities({ limit: 2 });
    await one.stop();
    await story.act(10);
    await untilCaughtUp(database, story.name, story.client);
    const two = await start();
    const client = createTenureClient({ url: two.url });
    const second = await client.listIdentities({ limit: 2, cursor: first.next });
    expect(second.at.hash).to.equal(first.at.hash);
    const ids = [...first.items, ...second.items].map(({ id }) => id);
    expect(ids).to.deep.equal([...new Set(ids)].sort((one, two) => one - two));
    const ofAnother = await client
      .listIdentities({ cursor: "MS0xLTE" })
      .catch((error: { reason?: string }) => error.reason);
    expect(ofAnother).to.equal("invalid_cursor");
    await two.stop();
  });

  it("should tell each event once to whoever comes back, whichever server answers", async () => {
    const heard: string[] = [];
    let cursor: string | undefined;
    const one = await start();
    const expected = (await sqlFeedOf()).map(({ event }) => `${event.blockHash} ${event.logIndex} ${event.removed}`);
    const from = (await sqlFeedOf())[0]?.cursor;
    heard.push(expected[0] ?? "");
    for await (const followed of createTenureClient({ url: one.url }).events({ cursor: from })) {
      heard.push(`${followed.event.blockHash} ${followed.event.logIndex} ${followed.event.removed}`);
      cursor = followed.cursor;
      if (heard.length === Math.floor(expected.length / 2)) break;
    }
    await one.stop();
    await story.act(5);
    await untilCaughtUp(database, story.name, story.client);
    const two = await start();
    const all = (await sqlFeedOf()).map(({ event }) => `${event.blockHash} ${event.logIndex} ${event.removed}`);
    expect(all.length).to.be.greaterThan(expected.length);
    for await (const { event } of createTenureClient({ url: two.url }).events({ cursor })) {
      heard.push(`${event.blockHash} ${event.logIndex} ${event.removed}`);
      if (heard.length === all.length) break;
    }
    expect(heard).to.deep.equal(all);
    await two.stop();
  });

  async function sqlFeedOf() {
    const { client, name } = story;
    const { feed } = sqlDirectory({ database, name, isDelegated: askNode(client), limits: { maxLag: 3_600 } });
    return feed.after(undefined, 100_000);
  }
});

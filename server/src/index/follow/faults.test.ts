import { expect } from "chai";
import { createClient, http, numberToHex } from "viem";
import { hardhat } from "viem/chains";
import { faulty, type Impose } from "../../../../sdk/test/utils/faulty.ts";
import { interruptible } from "../../../../sdk/test/utils/interruptible.ts";
import { rejection } from "../../../../sdk/test/utils/rejection.ts";
import { onEachDatabase } from "../../../test/utils/databases.ts";
import { expectSameEvents, expectSameFacts, startFollowing, untilCaughtUp } from "../../../test/utils/following.ts";
import { openStory, type Story } from "../../../test/utils/story.ts";
import type { Database } from "../../database/index.ts";
import { indexMigrations, readFreshness, sqlFacts } from "../index.ts";

const connect = (url: string) =>
  createClient({
    chain: hardhat,
    transport: http(url, { retryCount: 0, retryDelay: 5, timeout: 5_000 }),
    pollingInterval: 10,
    cacheTime: 0,
  });

onEachDatabase("a follower of a node that fails", ({ open }) => {
  let story: Story;
  let database: Database;
  let node: Awaited<ReturnType<Story["listen"]>>;
  const ends: (() => unknown)[] = [];
  beforeEach(async () => {
    story = await openStory("short", 51);
    await story.act(60);
    node = await story.listen();
    database = await open();
    await database.migrate(indexMigrations);
    ends.push(
      () => database.close(),
      () => node.close(),
    );
  });
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  const follow = (url: string, more: object = {}) => {
    const following = startFollowing({ database, client: connect(url), addresses: story.addresses, ...more });
    ends.push(() => following.stop());
    return following;
  };
  const impose = async (what: Impose) => {
    const other = await faulty(node.url, what);
    ends.push(() => other.close());
    return other;
  };
  const caughtUp = () => untilCaughtUp(database, story.name, story.client);
  const fresh = (seconds = 0) => readFreshness(database, story.name, { maxLag: 30 }, Date.now() + seconds * 1000);
  const untilProblem = async (words: RegExp) => {
    for (const end = Date.now() + 20_000; ; ) {
      const { problem } = await fresh();
      if (problem !== undefined && words.test(problem)) return;
      if (Date.now() > end) throw new Error(`The problem is ${problem}.`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };

  it("should say that it is down, be not ready after a while, and go on when it is back", async () => {
    const way = await interruptible(Number(new URL(node.url).port));
    follow(way.url);
    await caughtUp();
    const { number } = await sqlFacts(database, story.name).head();
    await way.cut();
    await story.act(5);
    await untilProblem(/HTTP request failed|fetch failed/);
    // What it answers is still of the block that it names.
    expect((await sqlFacts(database, story.name).head()).number).to.equal(number);
    expect((await fresh(40)).isReady).to.equal(false);
    await way.mend();
    await caughtUp();
    expect((await fresh()).problem).to.equal(undefined);
    await expectSameEvents(database, story);
    await way.cut();
  });

  it("should wait for one that is slow", async () => {
    const slow = await impose(async () => {
      await new Promise((resolve) => setTimeout(resolve, 20 + 60 * Math.random()));
      return undefined;
    });
    follow(slow.url);
    await caughtUp();
    await story.act(3);
    await caughtUp();
    await expectSameEvents(database, story);
  });

  it("should not believe a head that is not there", async () => {
    let isLying = false;
    const liar = await impose(async ({ method, params }, ask) => {
      if (!isLying || method !== "eth_getBlockByNumber" || params[0] !== "latest") return undefined;
      const { result } = (await ask()) as { result: object };
      return { result: { ...result, number: "0xffffff", hash: `0x${"ab".repeat(32)}` } };
    });
    follow(liar.url);
    await caughtUp();
    const { number } = await sqlFacts(database, story.name).head();
    isLying = true;
    await untilProblem(/16777215/);
    expect((await sqlFacts(database, story.name).head()).number).to.equal(number);
    expect((await fresh(40)).isReady).to.equal(false);
    isLying = false;
    await story.act(2);
    await caughtUp();
    await expectSameEvents(database, story);
  });

  it("should not go back for one that lags behind, and not call itself ready for long", async () => {
    let behind = 0n;
    const lagging = await impose(async ({ method, params }, ask) => {
      if (method !== "eth_getBlockByNumber" || behind === 0n) return undefined;
      const head = (await ask({ method: "eth_blockNumber", params: [] })) as { result: `0x${string}` };
      const newest = BigInt(head.result) - behind;
      if (params[0] === "latest") return ask({ method, params: [numberToHex(newest), false] });
      return BigInt(params[0] as string) > newest ? { result: null } : undefined;
    });
    follow(lagging.url);
    await caughtUp();
    const { number } = await sqlFacts(database, story.name).head();
    behind = 3n;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await sqlFacts(database, story.name).head()).number).to.equal(number);
    expect((await fresh(40)).isReady).to.equal(false);
    behind = 0n;
    await story.act(2);
    await caughtUp();
    await expectSameEvents(database, story);
  });

  it("should take nothing from another chain", async () => {
    let isOther = false;
    const other = await impose(({ method }) => {
      if (!isOther) return undefined;
      if (method === "eth_chainId") return { result: "0x5" };
      return method === "eth_getBlockByNumber" ? { error: { code: -32_000, message: "moved" } } : undefined;
    });
    const following = follow(other.url);
    await caughtUp();
    isOther = true;
    await untilProblem(/of chain 5, and the index of chain 31337\. Configure a node of chain 31337\./);
    expect(following.problems.map(String)).to.satisfy((all: string[]) => all.some((one) => /of chain 5/.test(one)));
    isOther = false;
    await caughtUp();
    await expectSameEvents(database, story);
  });

  for (const reach of [5, 500]) {
    it(`should read everything anew of a chain that a fresh one has replaced, with a reach of ${reach}`, async () => {
      follow(node.url, { reach });
      await caughtUp();
      const former = story;
      // The same addresses, on a chain that begins anew with other parameters.
      story = await openStory("production", 52);
      expect(story.addresses).to.deep.equal(former.addresses);
      await story.act(70);
      await caughtUp();
      await expectSameEvents(database, story);
      await expectSameFacts(database, story, (await sqlFacts(database, story.name).head()).number);
    });
  }

  it("should answer nothing where the registries are gone, and go on when they are there", async () => {
    let isGone = false;
    const bare = await impose(({ method }) => (isGone && method === "eth_getCode" ? { result: "0x" } : undefined));
    const way = await interruptible(Number(new URL(bare.url).port));
    const following = follow(way.url);
    await caughtUp();
    isGone = true;
    await way.cut();
    await untilProblem(/failed/);
    await way.mend();
    await untilProblem(/^No registry answers at /);
    expect((await fresh(40)).isReady).to.equal(false);
    expect(following.problems.length).to.be.greaterThan(0);
    isGone = false;
    await caughtUp();
    await way.cut();
  });

  it("should answer nothing before it was read up to a head", async () => {
    const limited = await impose(({ method }) =>
      method === "eth_getLogs" ? { error: { code: -32_000, message: "not today" } } : undefined,
    );
    follow(limited.url);
    await untilProblem(/not today/);
    const failure = await rejection(sqlFacts(database, story.name).head());
    expect(failure.name).to.equal("IndexNotReadyError");
    expect((await fresh()).isReady).to.equal(false);
  });
});

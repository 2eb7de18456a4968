import { type EventSource, rpcEventSource, rpcReader, scanEvents, type WatchedEvent } from "@tenure/sdk";
import { expect } from "chai";
import { all } from "../../../../sdk/test/utils/all.ts";
import { rejection } from "../../../../sdk/test/utils/rejection.ts";
import { type Databases, onEachDatabase } from "../../../test/utils/databases.ts";
import { startFollowing, untilCaughtUp } from "../../../test/utils/following.ts";
import { openStory, type Story } from "../../../test/utils/story.ts";
import type { Database } from "../../database/index.ts";
import {
  BlockForgottenError,
  IndexNotReadyError,
  InvalidListCursorError,
  type KnownProfile,
  type ListParameters,
  listIdentities,
  readFreshness,
  requestRebuild,
  sqlEventSource,
  sqlFacts,
  verifyIndex,
} from "../index.ts";

/** A story with an index beside it. */
async function openIndexed({ open }: Databases, seed: number) {
  const story = await openStory("short", seed);
  await story.act(150);
  const database = await open();
  const { client, addresses, name } = story;
  const following = startFollowing({ database, client, addresses, reach: 60 });
  await untilCaughtUp(database, name, client);
  return { story, database, following };
}

/** Gathers what a source tells, until what is left of it is what the chain holds. */
function gather(source: EventSource, wanted: { fromBlock: bigint; id?: number }) {
  const ended = new AbortController();
  const seen: WatchedEvent[] = [];
  const done = (async () => {
    for await (const event of source.events({ ...wanted, signal: ended.signal })) seen.push(event);
  })();
  return {
    seen,
    until: async ({ client, addresses }: Story) => {
      const ranges = await all(scanEvents(client, { fromBlock: 0n, addresses }));
      const own = ranges.flatMap(({ events }) => events).filter((event) => isAbout(event, wanted.id));
      const expected = own.map(keyOf);
      for (const end = Date.now() + 30_000; ; ) {
        const left = new Set<string>();
        for (const event of seen) {
          if (event.removed) left.delete(keyOf(event));
          else left.add(keyOf(event));
        }
        if (JSON.stringify([...left]) === JSON.stringify(expected)) return;
        if (Date.now() > end) throw new Error(`${left.size} of ${expected.length} events came.`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    stop: async () => {
      ended.abort();
      await done;
    },
  };
}

const keyOf = ({ blockHash, logIndex }: { blockHash: string; logIndex: number }) => `${blockHash} ${logIndex}`;

function isAbout(event: object, id: number | undefined): boolean {
  if (id === undefined) return true;
  const { id: own, voucherId, subjectId } = event as Partial<Record<"id" | "voucherId" | "subjectId", number>>;
  return [own, voucherId, subjectId].includes(id);
}

onEachDatabase("reading the index", (databases) => {
  let story: Story;
  let database: Database;
  let following: ReturnType<typeof startFollowing>;
  beforeEach(async () => {
    ({ story, database, following } = await openIndexed(databases, 31));
  });
  afterEach(async () => {
    await following.stop();
    await database.close();
  });

  const caughtUp = () => untilCaughtUp(database, story.name, story.client);

  it("should tell the events that the node tells, in the same order, through reorganisations", async () => {
    const { client, addresses, name } = story;
    for (const wanted of [{ fromBlock: 0n }, { fromBlock: 0n, id: 2 }]) {
      const both = [
        gather(sqlEventSource(database, name), wanted),
        gather(rpcEventSource(client, { addresses, pollingInterval: 10 }), wanted),
      ];
      const settled = () => Promise.all(both.map((one) => one.until(story)));
      await settled();
      for (const depth of [2, 12]) {
        const takeBack = await story.remember();
        await story.act(depth);
        await settled();
        await takeBack();
        await story.act(depth + 2);
        await settled();
      }
      const [own, other] = both;
      expect(own?.seen).to.deep.equal(other?.seen);
      expect(own?.seen.some(({ removed }) => removed)).to.equal(true);
      await Promise.all(both.map((one) => one.stop()));
    }
  });

  it("should begin with the next block where no block is named", async () => {
    const seen: WatchedEvent[] = [];
    const ended = new AbortController();
    const done = (async () => {
      for await (const event of sqlEventSource(database, story.name).events({ signal: ended.signal })) seen.push(event);
    })();
    await new Promise((resolve) => setTimeout(resolve, 200));
    const { number } = await sqlFacts(database, story.name).head();
    await story.act(3);
    await caughtUp();
    while (seen.length < 3) await new Promise((resolve) => setTimeout(resolve, 10));
    ended.abort();
    await done;
    expect(seen.every(({ blockNumber }) => blockNumber > number)).to.equal(true);
  });

  const pages = async (parameters: Partial<ListParameters> & { limit: number }, between = async () => {}) => {
    const found = [];
    const blocks = new Set<bigint>();
    for (let cursor = parameters.cursor; ; ) {
      const { items, next, block } = await listIdentities(database, story.name, { ...parameters, cursor });
      found.push(...items);
      blocks.add(block.number);
      if (next === undefined) return { found, blocks: [...blocks] };
      cursor = next;
      await between();
    }
  };

  it("should list identities as they are at the block at which the list began, while the chain moves", async () => {
    const { client, addresses, name } = story;
    const reader = rpcReader(client, { addresses });
    const { number } = await sqlFacts(database, name).head();
    const vouchers = await all(reader.vouchesBy({ id: 1, blockNumber: number }));
    const vouched = vouchers.filter(({ isActive, stance }) => isActive && stance === "for").map((own) => own.subjectId);
    const expected: KnownProfile[] = [];
    for (let id = 1; id <= story.count(); id++) {
      const { isDelegated: _, ...own } = await reader.profile({ id, blockNumber: number });
      expected.push(own);
    }
    const filters: [Partial<ListParameters>, (own: KnownProfile) => boolean][] = [
      [{}, () => true],
      [{ status: "active" }, ({ status }) => status === "active"],
      [{ status: "suspended" }, ({ status }) => status === "suspended"],
      [{ minSupport: 1 }, ({ support }) => support >= 1],
      [{ vouchedBy: 1 }, ({ id }) => vouched.includes(id)],
    ];
    let isFirst = true;
    for (const [filter, isWanted] of filters) {
      // The first list is begun at the head; the others at the same block, which is not the head any more.
      const start = isFirst ? {} : { blockNumber: number };
      isFirst = false;
      const { found, blocks } = await pages({ ...start, ...filter, limit: 2 }, async () => {
        await story.act(2);
        await caughtUp();
      });
      expect(found, JSON.stringify(filter)).to.deep.equal(expected.filter(isWanted));
      expect(blocks).to.deep.equal([number]);
    }
  });

  it("should say that a list cannot be gone on with, when its block was taken back or is forgotten", async () => {
    const takeBack = await story.remember();
    await story.act(1);
    await caughtUp();
    const { next } = await listIdentities(database, story.name, { limit: 1 });
    await takeBack();
    await story.act(3);
    await caughtUp();
    const go = (cursor: string) => rejection(listIdentities(database, story.name, { limit: 1, cursor }));
    const taken = await go(next as string);
    expect(taken).to.be.instanceOf(InvalidListCursorError);
    expect(taken.message).to.match(/a block \d+ that a reorganisation took back\. Begin the list anew/);
    const later = await listIdentities(database, story.name, { limit: 1 });
    await story.mine(100);
    await caughtUp();
    expect((await go(later.next as string)).message).to.match(/began at block \d+, which is too long ago/);
    expect((await go("nonsense")).message).to.match(/was not given by this list/);
    const failure = await rejection(
      sqlFacts(database, story.name).identity({ id: 1, blockNumber: later.block.number }),
    );
    expect(failure).to.be.instanceOf(BlockForgottenError);
    expect(failure.message).to.match(/^Block \d+ is asked for, and the index remembers the blocks from \d+ on\./);
    for (const limit of [0, 501, 1.5]) {
      expect(await rejection(listIdentities(database, story.name, { limit }))).to.have.property(
        "name",
        "InvalidLimitError",
      );
    }
  });

  it("should refuse what is no identity, and a block that is to come", async () => {
    const facts = sqlFacts(database, story.name);
    const refusals: [() => Promise<unknown>, string][] = [
      [() => facts.identity({ id: 0 }), "InvalidIdError"],
      [() => facts.profile({ id: 1.5 }), "InvalidIdError"],
      [() => facts.vouch({ voucherId: 1, subjectId: -1 }), "InvalidIdError"],
      [() => facts.key({ address: "0x12" }), "InvalidAddressError"],
      [() => facts.profile({} as never), "InvalidTargetError"],
      [() => facts.identity({ id: 1, blockNumber: 10n ** 9n }), "BlockNotReachedError"],
      [() => sqlFacts(database, { ...story.name, chainId: 5 }).head(), "IndexNotReadyError"],
    ];
    for (const [ask, name] of refusals) expect(await rejection(ask())).to.have.property("name", name);
  });

  it("should agree with the chain, and name each word that does not", async () => {
    const { client, name } = story;
    const verify = (sample?: number) => verifyIndex({ database, name, client, sample });
    const whole = await verify();
    expect(whole.differences).to.deep.equal([]);
    expect(whole.words).to.be.greaterThan(60);
    expect((await verify(5)).differences).to.deep.equal([]);
    await database.transaction(async (own) => {
      const row = await own.get<{ record: Uint8Array }>("select record from index_identity where id = 1");
      const record = Uint8Array.from(row?.record ?? []);
      record[31] = (record[31] ?? 0) ^ 1;
      await own.run("update index_identity set record = $1 where id = 1", [record]);
      await own.run("delete from index_edge where voucher = 1");
    });
    const { differences } = await verify();
    expect(differences.map(({ what }) => what)).to.include("identity [1] record");
    // It is not guessed what is right: nothing is answered until everything was read anew.
    const ended = gather(sqlEventSource(database, name), { fromBlock: 0n });
    await ended.until(story);
    const before = ended.seen.length;
    await requestRebuild(database, name, "A word differs from the chain.");
    await caughtUp();
    expect((await verify()).differences).to.deep.equal([]);
    await ended.until(story);
    expect(ended.seen.length).to.equal(3 * before);
    await ended.stop();
  });

  it("should answer nothing of an index that is to be made anew, and say so", async () => {
    await following.stop();
    await requestRebuild(database, story.name, "A word differs from the chain.");
    const failure = await rejection(sqlFacts(database, story.name).head());
    expect(failure).to.be.instanceOf(IndexNotReadyError);
    expect(failure.message).to.match(/it is to be made anew\. A word differs from the chain\./);
    const fresh = await readFreshness(database, story.name, { maxLag: 30 });
    expect(fresh).to.include({ isReady: false, chainId: story.name.chainId });
    expect(fresh.problem).to.match(/^The index is to be made anew\./);
  });

  it("should say how new it is, by the clock and by the block", async () => {
    await following.stop();
    const { number, hash, timestamp } = await sqlFacts(database, story.name).head();
    const now = Date.now();
    const fresh = await readFreshness(database, story.name, { maxLag: 30 }, now);
    expect(fresh).to.include({ number, hash, timestamp, isReady: true, problem: undefined, head: number });
    const later = await readFreshness(database, story.name, { maxLag: 30 }, now + 60_000);
    expect(later.isReady).to.equal(false);
    expect(later.problem).to.match(/^The index was last at the node's head \d+ s ago; 30 s are allowed\.$/);
    const old = await readFreshness(database, story.name, { maxLag: 30, maxAge: 10 }, timestamp * 1000 + 90_000);
    expect(old.isReady).to.equal(false);
    expect(old.problem).to.match(/The newest block is 90 s old; 10 s are allowed\./);
    const back = await readFreshness(database, story.name, { maxLag: 30 }, now - 600_000);
    expect(back.isReady).to.equal(false);
    expect(back.problem).to.match(/The clock of this server, or of the one that indexes, is wrong\./);
  });
});

// A follower under way, and how to wait for it.
import { type AnyClient, rpcReader, type ScannedRange, scanEvents } from "@tenure/sdk";
import { expect } from "chai";
import { all } from "../../../sdk/test/utils/all.ts";
import type { Database } from "../../src/database/index.ts";
import {
  askNode,
  type ChainName,
  type FollowChainParameters,
  followChain,
  readFreshness,
  readHistory,
  readTold,
  sqlReader,
} from "../../src/index/index.ts";
import type { Story } from "./story.ts";

/** Begins to follow; `stop` ends it and waits until it has. */
export function startFollowing(parameters: Omit<FollowChainParameters, "signal">) {
  const ended = new AbortController();
  const problems: unknown[] = [];
  const onProblem = (error: unknown) => void problems.push(error);
  const done = followChain({ onProblem, ...parameters, signal: ended.signal });
  return {
    problems,
    stop: async () => {
      ended.abort();
      await done;
    },
  };
}

/** Waits until the index is at the node's head. */
export async function untilCaughtUp(
  database: Database,
  name: ChainName,
  client: AnyClient,
  most = 60_000,
): Promise<void> {
  for (const end = Date.now() + most; ; ) {
    const { hash } = await rpcReader(client).head();
    const fresh = await readFreshness(database, name, { maxLag: 30 }).catch(() => undefined);
    if (fresh?.hash === hash && fresh.isReady) return;
    if (Date.now() > end) throw new Error(`The index is not at the head: ${fresh?.number}, ${fresh?.problem}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Compares everything that a reader answers with what the node answers, at a block. */
export async function expectSameFacts(database: Database, story: Story, blockNumber: bigint): Promise<number> {
  const { client, addresses, name } = story;
  const rpc = rpcReader(client, { addresses });
  const sql = sqlReader(database, name, askNode(client));
  let answers = 0;
  const same = async (what: string, ask: (reader: typeof rpc) => Promise<unknown>) => {
    answers += 1;
    expect(await ask(sql), `${what} at ${blockNumber}`).to.deep.equal(await ask(rpc));
  };
  const newest = (await sql.head()).number === blockNumber;
  const ids = Array.from({ length: story.count() + 1 }, (_, place) => place + 1);
  for (const id of ids) {
    await same(`profile ${id}`, (reader) => reader.profile({ id, blockNumber }));
    await same(`identity ${id}`, (reader) => reader.identity({ id, blockNumber }));
    if (newest) await same(`profile ${id} now`, (reader) => reader.profile({ id }));
    await same(`vouchers ${id}`, (reader) => all(reader.vouchers({ id, blockNumber })));
    await same(`vouchesBy ${id}`, (reader) => all(reader.vouchesBy({ id, blockNumber })));
    const [voucherId, subjectId] = [id, ids[(id * 7) % ids.length] ?? 1];
    await same(`vouch ${voucherId} ${subjectId}`, (reader) => reader.vouch({ voucherId, subjectId, blockNumber }));
  }
  for (const address of story.actors()) {
    await same(`key ${address}`, (reader) => reader.key({ address, blockNumber }));
    await same(`profile ${address}`, (reader) => reader.profile({ address, blockNumber }));
  }
  return answers;
}

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

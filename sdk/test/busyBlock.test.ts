// One block may hold more logs than a node puts into one answer, or than viem accepts of one.
import { expect } from "chai";
import { createClient, type Hex, http } from "viem";
import { hardhat } from "viem/chains";
import { getHistory, type TenureEvent, watchEvents } from "../src/index.ts";
import { collect } from "./utils/collect.ts";
import { type Answer, faulty, type Impose } from "./utils/faulty.ts";
import { onEachNode } from "./utils/nodes.ts";
import { rejection } from "./utils/rejection.ts";
import type { RpcRequest } from "./utils/relay.ts";
import { openWorld, type World } from "./utils/world.ts";

type Filter = { address?: Hex[]; topics?: (Hex[] | Hex | null)[] };

onEachNode("a block with more logs than one answer may hold", (start) => {
  let world: World;
  let whole: TenureEvent[];
  before(async () => {
    world = await openWorld(0, start);
    const [agent, other, stranger] = world.members;
    await agent.registerSync({ agentURI: "a" });
    await other.registerSync({ agentURI: "b" });
    await agent.mine({ blocks: 3 });
    // All in one block.
    await agent.setAutomine(false);
    let nonce = await agent.getTransactionCount({ address: agent.account.address });
    const gas = 300_000n;
    await agent.pulse({ id: 1, nonce: nonce++, gas });
    await agent.setAgentURI({ id: 1, agentURI: "c", nonce: nonce++, gas });
    await agent.setMetadata({ id: 1, key: "k", value: "0x01", nonce: nonce++, gas });
    await agent.suspend({ id: 1, nonce: nonce++, gas });
    await other.pulse({ id: 2, gas });
    // So many transactions that a node has to have a reason to be asked for the receipt of each.
    for (let index = 0; index < 16; index++) {
      await stranger.sendTransaction({ to: stranger.account.address, gas: 21_000n, nonce: index });
    }
    await agent.mine({ blocks: 1 });
    await agent.setAutomine(true);
    whole = await everything(world.url);
    const busy = whole.at(-1)?.blockNumber;
    const names = whole.filter(({ blockNumber }) => blockNumber === busy).map(({ eventName }) => eventName);
    expect(names.sort()).to.deep.equal(["MetadataSet", "MetadataSet", "Pulse", "Pulse", "Suspended", "URIUpdated"]);
  });
  after(() => world.close());

  const connect = (url: string) =>
    createClient({ chain: hardhat, transport: http(url, { retryDelay: 5 }), pollingInterval: 10 });

  async function everything(url: string, count?: number): Promise<TenureEvent[]> {
    const failures: unknown[] = [];
    const onError = (error: unknown) => failures.push(error);
    const watcher = collect((signal) => watchEvents(connect(url), { fromBlock: 0n, signal, onError }));
    await watcher.until(count ?? 10);
    await watcher.stop();
    expect(failures).to.deep.equal([]);
    return watcher.seen.map(({ removed: _, ...event }) => event as TenureEvent);
  }

  const tooMany = (most: number) => ({ code: -32_005, message: `query returned more than ${most} results` });

  /** Refuses every list that is longer, of logs and of receipts. */
  const atMost =
    (most: number): Impose =>
    async ({ method }, ask): Promise<Answer | undefined> => {
      if (method !== "eth_getLogs" && method !== "eth_getBlockReceipts") return undefined;
      const answer = (await ask()) as { result?: unknown[] };
      return (answer.result?.length ?? 0) > most ? { error: tooMany(most) } : undefined;
    };

  const parts = (seen: readonly RpcRequest[]) =>
    seen
      .filter(({ method }) => method === "eth_getLogs")
      .map(({ params }) => [(params[0] as Filter).topics?.[0] ?? []].flat().length);

  it("watchEvents should ask for a part of the events at a time", async () => {
    const { url, seen, close } = await faulty(world.url, atMost(2));
    expect(await everything(url, whole.length)).to.deep.equal(whole);
    await close();
    expect(Math.min(...parts(seen))).to.be.lessThan(13);
  });

  it("watchEvents should miss nothing in settled blocks", async () => {
    await world.mark();
    await world.members[0].mine({ blocks: 100 });
    const { url, close } = await faulty(world.url, atMost(2));
    expect(await everything(url, whole.length)).to.deep.equal(whole);
    await close();
    await world.reset();
  });

  it("getHistory should read the same", async () => {
    const history = await getHistory(connect(world.url), { id: 1, fromBlock: 0n });
    const { url, close } = await faulty(world.url, atMost(2));
    expect(await getHistory(connect(url), { id: 1, fromBlock: 0n })).to.deep.equal(history);
    await close();
  });

  it("should hold each part against the block, where another node answers that has no logs yet", async () => {
    let isLate = false;
    let left = 0;
    const { url, close } = await faulty(world.url, async (request, ask) => {
      const refusal = await atMost(2)(request, ask);
      if (refusal !== undefined) {
        isLate = true;
        return refusal;
      }
      // After a refusal, every other part comes from a node that lags behind, for a time.
      if (request.method === "eth_getLogs" && isLate && left++ < 20 && left % 2 === 0) return { result: [] };
      return undefined;
    });
    expect(await everything(url, whole.length)).to.deep.equal(whole);
    await close();
  });

  it("should prove by receipts that nothing is missing, where the bloom is full", async () => {
    const history = await getHistory(connect(world.url), { id: 1, fromBlock: 0n });
    const { url, seen, close } = await faulty(world.url, async (request, ask) => {
      const refusal = await atMost(2)(request, ask);
      if (refusal !== undefined || !request.method.startsWith("eth_getBlockBy")) return refusal;
      const answer = (await ask()) as { result: Record<string, unknown> | null };
      const logsBloom = `0x${"ff".repeat(256)}`;
      return answer.result === null ? undefined : { result: { ...answer.result, logsBloom } };
    });
    // Nothing is there of two of its three filters.
    expect(await getHistory(connect(url), { id: 1, fromBlock: 0n })).to.deep.equal(history);
    await close();
    const receipts = seen.filter(({ method }) => method === "eth_getTransactionReceipt").map(({ params }) => params[0]);
    const busy = whole.slice(-6).map(({ transactionHash }) => transactionHash);
    expect(receipts).to.include.members(busy);
  });

  it("should end with the node's reason where it refuses one event as well", async () => {
    const { url, seen, close } = await faulty(world.url, ({ method }) =>
      method === "eth_getLogs" ? { error: tooMany(0) } : undefined,
    );
    const error = await rejection(getHistory(connect(url), { id: 1, fromBlock: 0n }));
    await close();
    expect(error.message).to.include("query returned more than 0 results");
    expect(seen.length).to.be.lessThan(60);
  });
});

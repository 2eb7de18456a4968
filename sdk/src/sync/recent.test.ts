// Behind one address stand many nodes: one that is asked for logs may lag behind the one that told of the head, or have a
// block and not yet its logs. What it answers then looks like an answer.
import { expect } from "chai";
import { createClient, type Hex, hexToNumber, http, numberToHex } from "viem";
import { hardhat } from "viem/chains";
import { collect } from "../../test/utils/collect.ts";
import { type Answer, faulty, type Impose } from "../../test/utils/faulty.ts";
import { onEachNode } from "../../test/utils/nodes.ts";
import { rejection } from "../../test/utils/rejection.ts";
import type { RpcRequest } from "../../test/utils/relay.ts";
import { openWorld, type World } from "../../test/utils/world.ts";
import { getHistory, type TenureEvent, watchEvents } from "../index.ts";
import { loadTrustGraph } from "../trust/index.ts";

type Filter = { fromBlock?: Hex; toBlock?: Hex; blockHash?: Hex };
type Ask = Parameters<Impose>[1];

onEachNode("logs of the newest blocks", (start) => {
  let world: World;
  before(async () => {
    world = await openWorld(0, start);
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  const connect = (url: string) =>
    createClient({ chain: hardhat, transport: http(url, { retryDelay: 5 }), pollingInterval: 10 });

  async function live(): Promise<TenureEvent[]> {
    const [agent] = world.members;
    await agent.registerSync({ agentURI: "a" });
    // The head is then not alone in the last step of a watch, which would be asked for by its hash.
    for (let round = 0; round < 7; round++) await agent.setAgentURISync({ id: 1, agentURI: `${round}` });
    await agent.suspendSync({ id: 1 });
    return getHistory(agent, { id: 1, fromBlock: 0n });
  }

  const isAboutReceipts = ({ method }: RpcRequest) => /^eth_get\w*Receipts?$/.test(method);
  const filterOf = ({ params }: RpcRequest) => params[0] as Filter;

  /** The number of the block that a filter names by its hash. */
  async function numberOf(ask: Ask, hash: Hex): Promise<number> {
    const { result } = (await ask({ method: "eth_getBlockByHash", params: [hash, false] })) as { result: unknown };
    return hexToNumber((result as { number: Hex }).number);
  }

  /** A node of logs that knows no block beyond one, and says nothing of it. */
  function lagging(headOf: (request: number) => number, isIndexOnly: boolean): Impose {
    let requests = 0;
    return async (request, ask): Promise<Answer | undefined> => {
      if (isAboutReceipts(request)) return { result: null };
      if (request.method !== "eth_getLogs") return undefined;
      const head = headOf(requests++);
      const { fromBlock, toBlock, blockHash, ...rest } = filterOf(request);
      if (blockHash !== undefined) {
        if ((await numberOf(ask, blockHash)) <= head) return undefined;
        return isIndexOnly ? { result: [] } : { error: { code: -32_000, message: "unknown block" } };
      }
      if (hexToNumber(fromBlock as Hex) > head) return { result: [] };
      const end = Math.min(hexToNumber(toBlock as Hex), head);
      return ask({ ...request, params: [{ ...rest, fromBlock, toBlock: numberToHex(end) }] });
    };
  }

  for (const [kind, isIndexOnly] of [
    ["lags behind the head", false],
    ["has a block and not yet its logs", true],
  ] as const) {
    it(`getHistory should miss nothing where the node ${kind}`, async () => {
      const whole = await live();
      const head = Number(await world.members[0].getBlockNumber());
      for (const behind of [1, 2, 5]) {
        // It catches up by a block with every eighth request.
        const impose = lagging((request) => head - behind + Math.floor(request / 8), isIndexOnly);
        const { url, close } = await faulty(world.url, impose);
        expect(await getHistory(connect(url), { id: 1, fromBlock: 0n })).to.deep.equal(whole);
        expect(await getHistory(connect(url), { id: 1 })).to.deep.equal(whole);
        await close();
      }
    });

    it(`watchEvents should miss nothing where the node ${kind}`, async () => {
      const [agent] = world.members;
      await agent.registerSync({ agentURI: "a" });
      let known = Number(await agent.getBlockNumber());
      const timer = setInterval(() => known++, 60);
      const impose = lagging(() => known, isIndexOnly);
      const { url, close } = await faulty(world.url, impose);
      const watcher = collect((signal) => watchEvents(connect(url), { fromBlock: 0n, signal }));
      for (let round = 0; round < 6; round++) await agent.setAgentURISync({ id: 1, agentURI: `${round}` });
      await agent.suspendSync({ id: 1 });
      const whole = await getHistory(agent, { id: 1, fromBlock: 0n });
      await watcher.until(whole.length);
      await watcher.stop();
      clearInterval(timer);
      await close();
      expect(watcher.seen.map(({ removed: _, ...event }) => event)).to.deep.equal(whole);
    });

    it(`should say so where the node ${kind} and never catches up`, async () => {
      await live();
      const head = Number(await world.members[0].getBlockNumber());
      const { url, close } = await faulty(
        world.url,
        lagging(() => head - 1, isIndexOnly),
      );
      const errors = [
        await rejection(getHistory(connect(url), { id: 1, fromBlock: 0n })),
        await rejection(loadTrustGraph(connect(url)).then(() => Promise.reject(new Error("a graph")))),
      ];
      const onError = (error: unknown) => {
        throw error;
      };
      errors.push(await rejection(drain(watchEvents(connect(url), { fromBlock: 0n, onError }))));
      await close();
      for (const error of [errors[0], errors[2]]) {
        expect(error).to.have.property("name", "LogsNotIndexedError");
        expect(error).to.have.property("blockNumber", BigInt(head));
      }
      // No vouch is in that block, as its header says.
      expect(errors[1]?.message).to.equal("a graph");
    });
  }

  describe("given a bloom with the bits of other logs, as in a block that is full", () => {
    const crowded =
      (hasReceipts: boolean): Impose =>
      async (request, ask) => {
        if (!hasReceipts && isAboutReceipts(request)) return { error: { code: -32_601, message: "no such method" } };
        if (!request.method.startsWith("eth_getBlockBy")) return undefined;
        const answer = (await ask()) as { result: Record<string, unknown> | null };
        return answer.result === null
          ? undefined
          : { result: { ...answer.result, logsBloom: `0x${"ff".repeat(256)}` } };
      };

    it("should read all receipts of a block where nothing is found in it", async () => {
      await live();
      const { url, seen, close } = await faulty(world.url, crowded(true));
      expect(await getHistory(connect(url), { id: 2, fromBlock: 0n })).to.deep.equal([]);
      await close();
      expect(seen.some(isAboutReceipts)).to.equal(true);
    });

    it("should say so where nobody can tell", async () => {
      await live();
      const { url, close } = await faulty(world.url, crowded(false));
      const error = await rejection(getHistory(connect(url), { id: 2, fromBlock: 0n }));
      await close();
      expect(error.name).to.equal("LogsNotIndexedError");
    });
  });

  it("should prove an empty answer where the node wants an address in each request for logs", async () => {
    const whole = await live();
    let asked = 0;
    const { url, close } = await faulty(world.url, (request) => {
      if (request.method !== "eth_getLogs") return undefined;
      if (!("address" in filterOf(request))) return { error: { code: -32_602, message: "specify an address" } };
      return ++asked < 12 ? { result: [] } : undefined;
    });
    expect(await getHistory(connect(url), { id: 1, fromBlock: 0n })).to.deep.equal(whole);
    await close();
  });

  for (const [kind, logsBloom] of [
    ["zeros for blooms", `0x${"00".repeat(256)}`],
    ["no blooms", null],
  ] as const) {
    it(`should read a chain that keeps ${kind}`, async () => {
      const whole = await live();
      const { url, close } = await faulty(world.url, async (request, ask) => {
        if (!request.method.startsWith("eth_getBlockBy")) return undefined;
        const answer = (await ask()) as { result: Record<string, unknown> | null };
        return answer.result === null ? undefined : { result: { ...answer.result, logsBloom } };
      });
      expect(await getHistory(connect(url), { id: 1, fromBlock: 0n })).to.deep.equal(whole);
      const watcher = collect((signal) => watchEvents(connect(url), { fromBlock: 0n, signal }));
      await watcher.until(whole.length);
      await watcher.stop();
      await close();
    });
  }

  it("should refuse a block that is still to come, and wait for one that another node has", async () => {
    const whole = await live();
    const head = await world.members[0].getBlockNumber();
    const error = await rejection(getHistory(connect(world.url), { id: 1, toBlock: head + 1n }));
    expect(error.name).to.equal("BlockNotReachedError");
    expect(error.message)
      .to.include(`Block ${head + 1n}`)
      .and.to.include(`${head}`);
    let asked = 0;
    const { url, close } = await faulty(world.url, async (request, ask) => {
      if (request.method !== "eth_getBlockByNumber" || request.params[0] !== "latest" || ++asked > 2) return undefined;
      return ask({ method: "eth_getBlockByNumber", params: [numberToHex(head - 1n), false] });
    });
    expect(await getHistory(connect(url), { id: 1, fromBlock: 0n, toBlock: head })).to.deep.equal(whole);
    await close();
  });

  it("watchEvents should go on as far as a node has blocks, where each look misses one of them", async () => {
    const whole = await live();
    // Without a period, which may be that of the looks; the same at each run.
    let seed = 7;
    const { url, close } = await faulty(world.url, ({ method, params: [which] }) => {
      if (method !== "eth_getBlockByNumber" || which === "latest") return undefined;
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return seed < 0.4 * 2 ** 31 ? { result: null } : undefined;
    });
    const watcher = collect((signal) => watchEvents(connect(url), { id: 1, fromBlock: 0n, signal }));
    await watcher.until(whole.length);
    await watcher.stop();
    await close();
    expect(watcher.seen.map(({ removed: _, ...event }) => event)).to.deep.equal(whole);
  });
});

async function drain(events: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of events);
}

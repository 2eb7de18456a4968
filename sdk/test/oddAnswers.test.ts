// Logs, blocks and answers as they should not be, and are.
import { expect } from "chai";
import { createClient, type Hex, hexToNumber, http } from "viem";
import { hardhat } from "viem/chains";
import { getHistory, getProfile, requireChain, type TenureEvent, watchEvents } from "../src/index.ts";
import { loadTrustGraph } from "../src/trust/index.ts";
import { collect } from "./utils/collect.ts";
import { faulty, type Impose } from "./utils/faulty.ts";
import { rejection } from "./utils/rejection.ts";
import { openWorld, type World } from "./utils/world.ts";

type Log = Record<string, unknown>;

describe("odd answers", () => {
  let world: World;
  let whole: TenureEvent[];
  before(async () => {
    world = await openWorld();
    const [agent, other] = world.members;
    // Many blocks before anything of interest.
    await agent.mine({ blocks: 300 });
    await agent.registerSync({ agentURI: "a" });
    await other.registerSync({});
    await agent.pulseSync({ id: 1 });
    await agent.suspendSync({ id: 1 });
    whole = await getHistory(agent, { id: 1, fromBlock: 0n });
  });
  after(() => world.close());

  const connect = (url: string) =>
    createClient({ chain: hardhat, transport: http(url, { retryDelay: 1 }), pollingInterval: 10 });

  const changed =
    (change: (logs: Log[]) => unknown): Impose =>
    async ({ method }, ask) =>
      method === "eth_getLogs" ? { result: change(((await ask()) as { result: Log[] }).result) } : undefined;

  const stranger = "0x00000000000000000000000000000000000000aa";
  const oddities: Record<string, (logs: Log[]) => unknown> = {
    "a time of zero": (logs) => logs.map((log) => ({ ...log, blockTimestamp: "0x0" })),
    "no time": (logs) => logs.map(({ blockTimestamp: _, ...log }) => log),
    "a time that is null": (logs) => logs.map((log) => ({ ...log, blockTimestamp: null })),
    "null for none": (logs) => (logs.length === 0 ? null : logs),
    "each log twice": (logs) => [...logs, ...logs],
    "logs in another order": (logs) => [...logs].reverse(),
    "logs of another address": (logs) => [...logs.map((log) => ({ ...log, address: stranger })), ...logs],
    "logs of another identity": (logs) => [
      ...logs.map((log) => ({
        ...log,
        logIndex: "0x77",
        topics: (log.topics as Hex[]).map(() => `0x${"11".repeat(32)}`),
      })),
      ...logs,
    ],
    "logs that are pending": (logs) => [
      ...logs,
      ...logs.map((log) => ({ ...log, blockNumber: null, blockHash: null })),
    ],
    "logs that were taken back": (logs) => [
      ...logs,
      ...logs.map((log) => ({ ...log, logIndex: "0x77", removed: true })),
    ],
    "logs that are none": (logs) => [null, 1, "log", {}, { topics: [null] }, ...logs],
    "addresses with a checksum": (logs) =>
      logs.map((log) => ({ ...log, address: `0x${String(log.address).slice(2).toUpperCase()}` })),
  };
  for (const [oddity, change] of Object.entries(oddities)) {
    it(`should read and follow the same given ${oddity}`, async () => {
      const { url, close } = await faulty(world.url, changed(change));
      expect(await getHistory(connect(url), { id: 1, fromBlock: 0n })).to.deep.equal(whole);
      const onError = (error: unknown) => {
        throw error;
      };
      const watcher = collect((signal) => watchEvents(connect(url), { id: 1, fromBlock: 0n, signal, onError }));
      await watcher.until(whole.length);
      await watcher.stop();
      await close();
      expect(watcher.seen.map(({ removed: _, ...event }) => event)).to.deep.equal(whole);
    });
  }

  it("should say so where logs are no list", async () => {
    const { url, close } = await faulty(
      world.url,
      changed(() => "none"),
    );
    const error = await rejection(getHistory(connect(url), { id: 1, fromBlock: 0n }));
    await close();
    expect(error.name).to.equal("NodeFailedError");
    expect(error.message).to.include("eth_getLogs").and.to.include("string");
  });

  describe("given a node that keeps only what is new", () => {
    /** Knows no block before one: says null, or an error, and refuses their logs. */
    const pruned =
      (first: number, isNull: boolean): Impose =>
      ({ method, params }) => {
        const refusal = { error: { code: 4444, message: "pruned history unavailable" } };
        if (
          method === "eth_getBlockByNumber" &&
          /^0x/.test(String(params[0])) &&
          hexToNumber(params[0] as Hex) < first
        ) {
          return isNull ? { result: null } : refusal;
        }
        const { fromBlock } = (params[0] ?? {}) as { fromBlock?: Hex };
        return method === "eth_getLogs" && fromBlock && hexToNumber(fromBlock) < first ? refusal : undefined;
      };

    for (const isNull of [true, false]) {
      const says = isNull ? "null" : "an error";
      it(`should find the whole history where it is kept, and the node says ${says} of what is older`, async () => {
        const { url, close } = await faulty(world.url, pruned(200, isNull));
        expect(await getHistory(connect(url), { id: 1 })).to.deep.equal(whole);
        await close();
      });

      it(`should say so where the beginning is not kept, and the node says ${says}`, async () => {
        const registered = Number(whole[0]?.blockNumber);
        const { url, close } = await faulty(world.url, pruned(registered + 1, isNull));
        const error = await rejection(getHistory(connect(url), { id: 1 }));
        expect(error).to.include({ name: "HistoryPrunedError", blockNumber: BigInt(registered + 1) });
        expect(error.message).to.include("Identity 1 was registered before").and.to.include("fromBlock");
        const later = await getHistory(connect(url), { id: 1, fromBlock: BigInt(registered + 1) });
        expect(later).to.deep.equal(whole.filter(({ blockNumber }) => blockNumber > registered));
        await close();
      });
    }

    it("should name the block where a history is asked for from one that is not kept", async () => {
      const { url, close } = await faulty(world.url, pruned(200, true));
      const error = await rejection(getHistory(connect(url), { id: 1, fromBlock: 0n }));
      await close();
      expect(error.name).to.equal("HistoryPrunedError");
      expect(error.message).to.include("block 0");
    });
  });

  it("should load a graph from a node that knows the states of few blocks, which pass while it reads", async () => {
    const [agent] = world.members;
    let blocks = 0;
    const { url, close } = await faulty(world.url, async ({ method, params }, ask) => {
      // As long as logs are read, blocks come; a state older than 64 of them is not kept.
      if (method === "eth_getLogs" && blocks++ < 10) await agent.mine({ blocks: 20 });
      const at = params[1];
      if (method !== "eth_call" || typeof at !== "string" || !at.startsWith("0x")) return undefined;
      const head = hexToNumber(((await ask({ method: "eth_blockNumber", params: [] })) as { result: Hex }).result);
      if (head - hexToNumber(at as Hex) <= 64) return undefined;
      return { error: { code: -32_000, message: "missing trie node" } };
    });
    const { differences, profiles } = await loadTrustGraph(connect(url), { chunkSize: 40 });
    await close();
    expect(differences).to.deep.equal([]);
    expect([...profiles.keys()]).to.deep.equal([1, 2]);
  });

  describe("given something else than a node", () => {
    const pages = {
      "a page": { status: 200, body: "<!DOCTYPE html><html><body>Welcome</body></html>" },
      nothing: { status: 200, body: "" },
    };
    for (const [what, reply] of Object.entries(pages)) {
      it(`should say so of ${what}, without the secrets of its URL`, async () => {
        const { url, close } = await faulty(world.url, () => reply);
        const client = connect(`${url}/v2/secret`);
        for (const asked of [requireChain(client), getProfile(client, { id: 1 }), getHistory(client, { id: 1 })]) {
          const error = await rejection(asked);
          expect(error.name, error.message).to.equal("NotANodeError");
          expect(error.message).to.include(new URL(url).host).and.not.include("secret");
        }
        await close();
      });
    }
  });
});

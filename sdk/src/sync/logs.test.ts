// Nodes limit how many blocks, and how many logs, one request may ask for; each in its own words.

import { expect } from "chai";
import { createClient, hexToNumber, http } from "viem";
import { hardhat } from "viem/chains";
import { collect } from "../../test/utils/collect.ts";
import { type Guard, guarded, type Refusal } from "../../test/utils/guarded.ts";
import { nodes } from "../../test/utils/nodes.ts";
import { rejection } from "../../test/utils/rejection.ts";
import type { RpcRequest } from "../../test/utils/relay.ts";
import { openWorld, type World } from "../../test/utils/world.ts";
import { getHistory, type TenureEvent, watchEvents } from "../index.ts";

/** How many blocks a request of logs is about; undefined for another request. */
function blocksOf({ method, params }: RpcRequest): number | undefined {
  if (method !== "eth_getLogs") return undefined;
  const [{ fromBlock, toBlock }] = params as [{ fromBlock?: `0x${string}`; toBlock?: `0x${string}` }];
  return fromBlock && toBlock ? hexToNumber(toBlock) - hexToNumber(fromBlock) + 1 : 1;
}

const atMost = (blocks: number, refusal: Refusal): Guard => ({
  request: (request) => ((blocksOf(request) ?? 0) > blocks ? refusal : undefined),
});

const refusals: Record<string, Refusal> = {
  "invalid parameters": { code: -32_602, message: "block range is too large" },
  "a limit exceeded": { code: -32_005, message: "query exceeds max block range" },
  "a code of its own": { code: -32_614, message: "eth_getLogs is limited to a 10,000 range" },
  "a status of HTTP": { status: 400 },
};

for (const { node, isInstalled, start } of nodes) {
  describe(`events on ${node}`, () => {
    let world: World;
    let whole: TenureEvent[];
    before(async function () {
      if (!isInstalled()) this.skip();
      world = await openWorld(0, start);
      const [agent] = world.members;
      await agent.registerSync({});
      for (let round = 0; round < 6; round++) {
        await agent.pulseSync({ id: 1 });
        await agent.mine({ blocks: 30 });
      }
      whole = await getHistory(agent, { id: 1, fromBlock: 0n });
      expect(whole.map(({ eventName }) => eventName).filter((name) => name === "Pulse").length).to.equal(6);
    });
    after(() => world?.close());

    const connect = (url: string) =>
      createClient({ chain: hardhat, transport: http(url, { retryDelay: 10 }), pollingInterval: 10 });

    for (const [words, refusal] of Object.entries(refusals)) {
      describe(`given a limit of 10 blocks, refused with ${words}`, () => {
        it("getHistory should read the same in smaller ranges", async () => {
          const { url, seen, close } = await guarded(world.url, atMost(10, refusal));
          const history = await getHistory(connect(url), { id: 1, fromBlock: 0n });
          await close();
          expect(history).to.deep.equal(whole);
          const asked = seen.requests.map((request) => blocksOf(request) ?? 0);
          expect(Math.max(...asked)).to.be.greaterThan(100);
          // It learns: most of what is asked for later is not refused.
          expect(asked.slice(-40).filter((blocks) => blocks > 10).length).to.be.lessThan(9);
        });

        it("watchEvents should report the same, and no failure", async () => {
          const { url, close } = await guarded(world.url, atMost(10, refusal));
          const failures: unknown[] = [];
          const onError = (error: unknown) => failures.push(error);
          const watcher = collect((signal) => watchEvents(connect(url), { fromBlock: 0n, signal, onError }));
          await watcher.until(whole.length);
          await watcher.stop();
          await close();
          expect(failures).to.deep.equal([]);
          expect(watcher.seen.map(({ removed: _, ...event }) => event)).to.deep.equal(whole);
        });
      });
    }

    describe("given a limit of logs", () => {
      it("should ask for fewer blocks where there are many", async () => {
        const tooMany = { code: -32_005, message: "query returned more than 2 results" };
        const { url, seen, close } = await guarded(world.url, {
          answer: ({ method }, result) =>
            method === "eth_getLogs" && (result as unknown[]).length > 2 ? tooMany : undefined,
        });
        const history = await getHistory(connect(url), { id: 1, fromBlock: 0n });
        await close();
        expect(history).to.deep.equal(whole);
        expect(seen.refused).to.be.greaterThan(0);
      });
    });

    describe("given an answer longer than viem accepts", () => {
      it("should ask for less", async () => {
        const transport = http(world.url, { maxResponseBodySize: 2_500, retryDelay: 10 });
        const client = createClient({ chain: hardhat, transport });
        expect(await getHistory(client, { id: 1, fromBlock: 0n })).to.deep.equal(whole);
      });
    });

    describe("given a node that refuses even one block", () => {
      it("getHistory should end with the node's reason", async () => {
        const refusal = { code: -32_601, message: "eth_getLogs is not available" };
        const { url, seen, close } = await guarded(world.url, atMost(0, refusal));
        const error = await rejection(getHistory(connect(url), { id: 1, fromBlock: 0n }));
        await close();
        expect(error.message).to.include("eth_getLogs is not available");
        expect(seen.refused).to.be.lessThan(40);
      });

      it("watchEvents should tell of it", async () => {
        const refusal = { code: -32_601, message: "eth_getLogs is not available" };
        const { url, close } = await guarded(world.url, atMost(0, refusal));
        const onError = (error: unknown) => {
          throw error;
        };
        const error = await rejection(watchEvents(connect(url), { fromBlock: 0n, onError }).next());
        await close();
        expect(error.message).to.include("eth_getLogs is not available");
      });
    });
  });
}

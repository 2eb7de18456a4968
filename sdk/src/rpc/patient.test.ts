// Public nodes want few requests at once, and fail for a moment; each says so in a way of its own.
import { expect } from "chai";
import { createClient, http } from "viem";
import { hardhat } from "viem/chains";
import { faulty, type Reply } from "../../test/utils/faulty.ts";
import { rejection } from "../../test/utils/rejection.ts";
import { openWorld, type World } from "../../test/utils/world.ts";
import { getHistory, getProfile, type TenureEvent } from "../index.ts";

const rpcError = (code: number, message: string, data?: unknown) => ({ error: { code, message, data } });

/** The same limit, as providers tell of it. The first is what viem understands. */
const busy: Record<string, Reply> = {
  "status 429 in plain text": { status: 429, body: "Too Many Requests" },
  "status 429 with an error of JSON-RPC": { status: 429, ...rpcError(-32_000, "slow down") },
  "status 429 with a JSON body of its own": { status: 429, body: '{"message":"limit exceeded"}' },
  "status 200 and code -32005": rpcError(-32_005, "daily request count exceeded, request rate limited"),
  "status 200 and code -32005 alone": rpcError(-32_005, "limit exceeded"),
  "status 200 and code -32007": rpcError(-32_007, "15/second request limit reached"),
  "status 200 and code -32016": rpcError(-32_016, "over rate limit"),
  "status 200 and code 429": rpcError(429, "Your app has exceeded its compute units per second capacity"),
  "status 403 and words": { status: 403, body: '{"error":"project ID request rate exceeded: rate limit"}' },
};

const passing: Record<string, Reply> = {
  "status 502": { status: 502, body: "<html>Bad Gateway</html>" },
  "status 503": { status: 503, body: "no healthy upstream" },
  "code -32603": rpcError(-32_603, "Internal error"),
  "a header that is not found": rpcError(-32_000, "header not found"),
  "a block beyond its head": rpcError(-32_602, "block range extends beyond current head block"),
  "a broken connection": "nothing",
};

describe("requests that fail for a while", () => {
  let world: World;
  let whole: TenureEvent[];
  before(async () => {
    world = await openWorld();
    const [agent] = world.members;
    await agent.registerSync({});
    for (let round = 0; round < 10; round++) {
      await agent.pulseSync({ id: 1 });
      await agent.mine({ blocks: 30 });
    }
    whole = await getHistory(agent, { id: 1, fromBlock: 0n });
  });
  after(() => world.close());

  const connect = (url: string) => createClient({ chain: hardhat, transport: http(url, { retryDelay: 5 }) });
  const logsIn = (requests: readonly { method: string }[]) =>
    requests.filter(({ method }) => method === "eth_getLogs").length;

  /** Reads a history where of each `every` requests the last is answered with something else. */
  async function read(every: number, reply: Reply | undefined) {
    let count = 0;
    const { url, seen, close } = await faulty(world.url, () => (++count % every === 0 ? reply : undefined));
    const history = await getHistory(connect(url), { id: 1, fromBlock: 0n, chunkSize: 4 });
    await close();
    expect(history).to.deep.equal(whole);
    return { all: seen.length, logs: logsIn(seen) };
  }

  let plain: Awaited<ReturnType<typeof read>>;
  let calm: typeof plain;
  before(async () => {
    plain = await read(3, busy["status 429 in plain text"]);
    calm = await read(20, undefined);
  });

  for (const [name, reply] of Object.entries(busy)) {
    it(`should take ${name} for a limit, and ask the same again`, async () => {
      const found = await read(3, reply);
      expect(found.all).to.be.lessThanOrEqual(plain.all * 1.3);
    });
  }

  for (const [name, reply] of Object.entries(passing)) {
    it(`should ask the same again after ${name}, in few more requests than without`, async () => {
      const found = await read(20, reply);
      expect(found.all).to.be.lessThanOrEqual(calm.all * 1.3);
    });
  }

  it("should wait as long as it is told, in whichever way", async () => {
    const inTwoSeconds = () => new Date(Date.now() + 2_000).toUTCString();
    const told: (() => Reply)[] = [
      () => ({ status: 429, body: "later", headers: { "retry-after": "1" } }),
      () => ({ status: 429, body: "later", headers: { "retry-after": inTwoSeconds() } }),
      () => rpcError(-32_005, "rate limited", { rate: { backoff_seconds: 1 } }),
      () => rpcError(-32_005, "rate limited: retry in 1s"),
    ];
    for (const [way, reply] of told.entries()) {
      const times: number[] = [];
      const { url, close } = await faulty(world.url, ({ method }) => {
        if (method !== "eth_getLogs") return undefined;
        times.push(Date.now());
        return times.length === 1 ? reply() : undefined;
      });
      const client = createClient({ chain: hardhat, transport: http(url, { retryDelay: 1 }) });
      await getHistory(client, { id: 1, fromBlock: 0n, toBlock: 5n });
      await close();
      // Three requests stand beside each other; the first of them is made again.
      expect((times.at(-1) as number) - (times[0] as number), `${way}`).to.be.greaterThan(500);
    }
  });

  it("should not wait for an hour, and say what the node said", async () => {
    const reply = { status: 429, body: "later", headers: { "retry-after": "3600" } };
    const { url, seen, close } = await faulty(world.url, () => reply);
    const error = await rejection(getHistory(connect(url), { id: 1, fromBlock: 0n }));
    await close();
    expect(error).to.include({ name: "NodeRefusedError", status: 429 });
    expect(error.message).to.include("asked too often");
    expect(seen).to.have.length(1);
  });

  it("should name the code where the limit is told in JSON and never ends", async () => {
    const { url, close } = await faulty(world.url, () => rpcError(-32_016, "over rate limit"));
    for (const asked of [getHistory(connect(url), { id: 1, fromBlock: 0n }), getProfile(connect(url), { id: 1 })]) {
      const error = await rejection(asked);
      expect(error).to.include({ name: "NodeRefusedError", status: undefined, code: -32_016 });
      expect(error.message).to.include("code -32016").and.to.include("asked too often");
    }
    await close();
  });

  it("should read a profile after a limit in JSON as well", async () => {
    let count = 0;
    const { url, close } = await faulty(world.url, () =>
      ++count < 3 ? rpcError(-32_016, "over rate limit") : undefined,
    );
    expect((await getProfile(connect(url), { id: 1 })).id).to.equal(1);
    await close();
  });

  it("should not take a block that one of several nodes does not have for one that is gone", async () => {
    for (const nth of [1, 2, 3, 4]) {
      let count = 0;
      const { url, close } = await faulty(world.url, ({ method, params: [which] }) =>
        method === "eth_getBlockByNumber" && which !== "latest" && ++count === nth ? { result: null } : undefined,
      );
      expect(await getHistory(connect(url), { id: 1 })).to.deep.equal(whole);
      await close();
    }
  });

  it("should not ask again where a transport is told not to", async () => {
    const { url, seen, close } = await faulty(world.url, () => rpcError(-32_016, "over rate limit"));
    const client = createClient({ chain: hardhat, transport: http(url, { retryCount: 0 }) });
    await rejection(getProfile(client, { id: 1 }));
    await close();
    expect(seen).to.have.length(1);
  });
});

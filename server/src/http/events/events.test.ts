import { type EventSource, rpcEventSource, shortAddresses, type WatchedEvent } from "@tenure/sdk";
import { expect } from "chai";
import fc from "fast-check";
import { openWorld, type World } from "../../../../sdk/test/utils/world.ts";
import { rpcDirectory } from "../../../test/utils/rpcDirectory.ts";
import { type Served, serveApp } from "../../../test/utils/serveApp.ts";
import { CursorGoneError, type Directory, type EventFeed } from "../../types/directory.ts";
import { type HttpApi, type HttpLimits, http } from "../index.ts";
import { type MemoryFeed, memoryFeed } from "./memoryFeed.ts";
import { Ring } from "./ring.ts";
import { tailOf } from "./tail.ts";

/** An event of an identity, in a block of its own. */
function pulseOf(id: number, count: number, removed = false): WatchedEvent {
  const hash = `0x${count.toString(16).padStart(64, "0")}` as const;
  return {
    ...{ eventName: "Pulse", id, checkpoint: hash, registry: `0x${"a".repeat(40)}`, blockNumber: BigInt(count) },
    ...{ blockHash: hash, timestamp: count, transactionHash: hash, logIndex: 0, removed },
  };
}

/** A source that a test fills. */
function sourceOf() {
  const waiting: WatchedEvent[] = [];
  let wake = () => {};
  let failure: Error | undefined;
  const source: EventSource = {
    async *events({ signal }) {
      signal?.addEventListener("abort", () => wake());
      while (!signal?.aborted) {
        const event = waiting.shift();
        if (event !== undefined) yield event;
        else if (failure !== undefined) throw failure;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
  return {
    source,
    tell: (...events: WatchedEvent[]) => {
      waiting.push(...events);
      wake();
    },
    fail: (error: Error) => {
      failure = error;
      wake();
    },
  };
}

/** One message of a stream, as its client takes it apart. */
interface Message {
  readonly id?: string;
  readonly event?: string;
  // biome-ignore lint/suspicious/noExplicitAny: the tests look into events of every shape.
  readonly data?: any;
}

/** Reads a stream, message by message. */
function messagesOf(response: Response) {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  return {
    cancel: () => reader?.cancel(),
    async next(): Promise<Message | undefined> {
      while (!text.includes("\n\n")) {
        const part = await reader?.read();
        if (part === undefined || part.done) return undefined;
        text += part.value;
      }
      const [first = "", ...rest] = text.split("\n\n");
      text = rest.join("\n\n");
      const lines = first.split("\n").filter((line) => !line.startsWith(":") && !line.startsWith("retry"));
      const fields = Object.fromEntries(lines.map((line) => line.split(/: (.*)/s, 2)));
      return { ...fields, ...(fields.data === undefined ? {} : { data: JSON.parse(fields.data) }) };
    },
  };
}

describe("a ring", () => {
  it("should know what came after each cursor that it keeps, and no other", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.nat(200),
        fc.integer({ min: 1, max: 50 }),
        (size, count, limit) => {
          const ring = new Ring("0", size);
          for (let at = 1; at <= count; at += 1) ring.push({ cursor: String(at), event: pulseOf(1, at) });
          expect(ring.end).to.equal(String(count));
          const base = Number(ring.base);
          expect(count - base)
            .to.be.at.least(Math.min(size, count))
            .and.below(2 * size + 1);
          for (let at = base; at <= count; at += 1) {
            const expected = Array.from({ length: Math.min(limit, count - at) }, (_, index) => String(at + 1 + index));
            expect(ring.after(String(at), limit).map(({ cursor }) => cursor)).to.deep.equal(expected);
          }
          for (const gone of [base - 1, count + 1, -1]) {
            expect(() => ring.after(String(gone), limit)).to.throw(CursorGoneError);
          }
        },
      ),
    );
  });
});

describe("a tail", () => {
  it("should ask a feed once for all who follow it, and the feed itself only where it is behind", async () => {
    const { source, tell } = sourceOf();
    const feed = memoryFeed(source);
    let asked = 0;
    const counting: EventFeed = {
      ...feed,
      after: (...parameters) => {
        asked += 1;
        return feed.after(...parameters);
      },
    };
    const tail = tailOf(counting);
    const start = await tail.end();
    const heard: number[] = [];
    const readAll = async (listener: number) => {
      let place = start;
      const until = new Promise<void>((resolve) => {
        tail.onMore(async () => {
          for (const { cursor, event } of await tail.after(place, 1_000)) {
            place = cursor;
            if (event.blockNumber === 50n) resolve();
          }
          heard[listener] = Number(place.split(".")[1]);
        });
      });
      await until;
    };
    const all = Array.from({ length: 200 }, (_, listener) => readAll(listener));
    await new Promise((resolve) => setImmediate(resolve));
    for (let count = 1; count <= 50; count += 1) tell(pulseOf(1, count));
    await Promise.all(all);
    expect(asked).to.be.below(120);
    tail.close();
    await feed.close();
  });
});

describe("a stream of events", () => {
  let feed: MemoryFeed;
  let tell: (...events: WatchedEvent[]) => void;
  let fail: (error: Error) => void;
  let api: HttpApi;
  let served: Served;
  const told: unknown[] = [];

  async function open(limits: Partial<HttpLimits> = {}, size?: number, wrap = (given: EventFeed) => given) {
    const made = sourceOf();
    ({ tell, fail } = made);
    feed = memoryFeed(made.source, { size });
    // Of a directory, streams read the feed alone.
    const directory = { chainId: 1, registry: `0x${"a".repeat(40)}`, feed: wrap(feed) } as unknown as Directory;
    api = http({
      directories: [directory],
      publicUrl: "https://tenure.example",
      version: "0",
      limits: { heartbeat: 50, ...limits },
      senderOf: (context) => context.req.header("x-sender") ?? crypto.randomUUID(),
      onError: (error) => told.push(error),
    });
    served = await serveApp(api.app);
  }
  afterEach(async () => {
    api.close();
    await served.close();
    await feed.close();
    told.length = 0;
  });

  const follow = (query = "", headers: Record<string, string> = {}, signal?: AbortSignal) =>
    fetch(`${served.url}/v1/events${query}`, { headers, ...(signal && { signal }) });

  /** Waits for the server to notice. */
  async function until(isSo: () => boolean): Promise<void> {
    for (let tries = 0; !isSo(); tries += 1) {
      if (tries > 500) throw new Error("It never came to be so.");
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  it("should tell what happens from now on, and go on where somebody left", async () => {
    await open();
    tell(pulseOf(1, 1));
    const first = await follow();
    expect(first.headers.get("content-type")).to.equal("text/event-stream");
    const messages = messagesOf(first);
    const ready = await messages.next();
    expect(ready?.event).to.equal("ready");
    tell(pulseOf(1, 2), pulseOf(2, 3), pulseOf(2, 3, true));
    const heard = [await messages.next(), await messages.next(), await messages.next()];
    const events = heard.filter((message) => message?.event !== undefined);
    expect(events[0]).to.deep.include({ event: "Pulse" });
    expect(events[0]?.data).to.deep.include({ id: 1, blockNumber: 2, removed: false });
    await messages.cancel();

    for (const [query, headers] of [
      [`?cursor=${events[0]?.id}`, {}],
      ["?cursor=of-another", { "last-event-id": events[0]?.id ?? "" }],
    ] as const) {
      const again = messagesOf(await follow(query, headers));
      await again.next();
      expect((await again.next())?.data).to.deep.include({ id: 2, blockNumber: 3, removed: false });
      expect((await again.next())?.data).to.deep.include({ id: 2, blockNumber: 3, removed: true });
      await again.cancel();
    }
    await until(() => api.openStreams() === 0);
  });

  it("should tell of one identity alone, and move its cursor on nevertheless", async () => {
    await open();
    const messages = messagesOf(await follow("?identity=7"));
    const ready = await messages.next();
    tell(...Array.from({ length: 300 }, (_, index) => pulseOf(1, index + 1)));
    let last = ready;
    while (last?.id === ready?.id || !last?.id?.endsWith(".300")) last = await messages.next();
    expect(last?.data).to.equal(undefined);
    tell(pulseOf(7, 301));
    let message = await messages.next();
    while (message?.data === undefined) message = await messages.next();
    expect(message.data).to.deep.include({ id: 7, blockNumber: 301 });
    await messages.cancel();
  });

  it("should refuse a cursor that nobody knows any more, and end a stream that falls behind what is kept", async () => {
    await open({}, 10);
    const start = await feed.end();
    tell(...Array.from({ length: 100 }, (_, index) => pulseOf(1, index + 1)));
    let end = start;
    while (end === start) end = await feed.end();
    for (const cursor of [start, "x", `${end}0`]) {
      const response = await follow(`?cursor=${encodeURIComponent(cursor)}`);
      expect([response.status, ((await response.json()) as { reason: string }).reason]).to.deep.equal([
        410,
        "cursor_gone",
      ]);
    }
    expect(api.openStreams()).to.equal(0);
  });

  it("should keep no more streams than it says, and let go of those that end", async () => {
    await open({ streams: 1_000 });
    const ended = new AbortController();
    const streams = await Promise.all(Array.from({ length: 1_000 }, () => follow("", {}, ended.signal)));
    expect(streams.every(({ status }) => status === 200)).to.equal(true);
    expect(api.openStreams()).to.equal(1_000);
    const refused = await follow();
    expect([refused.status, refused.headers.get("retry-after")]).to.deep.equal([503, "10"]);
    const readers = streams.map(messagesOf);
    tell(pulseOf(1, 1));
    for (const reader of readers) {
      let message = await reader.next();
      while (message?.event !== "Pulse") message = await reader.next();
    }
    ended.abort();
    await until(() => api.openStreams() === 0);
    const next = await follow();
    expect(next.status).to.equal(200);
    await next.body?.cancel();
  });

  it("should keep no more of one sender, and as many of others", async () => {
    await open({ streamsPerSender: 2 });
    const from = (sender: string) => follow("", { "x-sender": sender });
    const streams = [await from("a"), await from("a"), await from("b")];
    const refused = await from("a");
    expect([refused.status, ((await refused.json()) as { reason: string }).reason]).to.deep.equal([
      429,
      "too_many_streams",
    ]);
    await streams[0]?.body?.cancel();
    await until(() => api.openStreams() === 2);
    const again = await from("a");
    expect(again.status).to.equal(200);
    for (const { body } of [...streams.slice(1), again]) await body?.cancel();
  });

  it("should leave a client that takes nothing in, and read no further for it", async () => {
    let read = 0;
    await open({ heartbeat: 100 }, 100_000, (given) => ({
      ...given,
      after: async (cursor, limit) => {
        const entries = await given.after(cursor, limit);
        if (limit === 100) read += entries.length;
        return entries;
      },
    }));
    // Nobody reads its content: what the sockets hold fills, and then it stands still.
    const { connect } = await import("node:net");
    const start = await feed.end();
    tell(...Array.from({ length: 50_000 }, (_, index) => pulseOf(1, index + 1)));
    const stuck = connect(served.port, "127.0.0.1");
    stuck.pause();
    stuck.on("error", () => {});
    stuck.write(`GET /v1/events?cursor=${start} HTTP/1.1\r\nHost: a\r\n\r\n`);
    await until(() => api.openStreams() === 1);
    await until(() => api.openStreams() === 0);
    expect(read).to.be.below(50_000);
    stuck.destroy();
  });

  it("should end all when the server ends, and open none", async () => {
    await open();
    const messages = messagesOf(await follow());
    await messages.next();
    api.close();
    let message: Message | undefined = {};
    while (message !== undefined) message = await messages.next();
    expect(api.openStreams()).to.equal(0);
    expect((await follow()).status).to.equal(503);
  });

  it("should say that nothing can be read where that is so, and end", async () => {
    await open();
    const messages = messagesOf(await follow());
    await messages.next();
    fail(new Error("http://secret.internal"));
    let message = await messages.next();
    while (message?.event === undefined) message = await messages.next();
    expect(message).to.deep.equal({
      event: "unavailable",
      data: { detail: "What happens cannot be read now. Connect again." },
    });
    expect(await messages.next()).to.equal(undefined);
    expect((await follow()).status).to.be.oneOf([200, 503]);
    expect(told.length).to.be.greaterThan(0);
  });

  describe("of a real chain", () => {
    let world: World;
    before(async () => {
      world = await openWorld();
    });
    after(() => world.close());

    it("should tell what happened, and that a reorg took it back", async () => {
      await open();
      const [client, one] = world.members;
      const next = (await client.getBlockNumber({ cacheTime: 0 })) + 1n;
      const directory = rpcDirectory(client, shortAddresses.identityRegistry, { fromBlock: next });
      const real = http({ directories: [directory], publicUrl: "https://tenure.example", version: "0" });
      const at = await serveApp(real.app);
      try {
        const messages = messagesOf(await fetch(`${at.url}/v1/events`));
        await messages.next();
        const snapshot = await client.snapshot();
        await one.registerSync({ agentURI: "ipfs://one" });
        const registered = await messages.next();
        expect(registered?.event).to.equal("Registered");
        expect(registered?.data).to.deep.include({ id: 1, agentURI: "ipfs://one", removed: false });
        await client.revert({ id: snapshot });
        await world.wait(1);
        await world.wait(1);
        let message = await messages.next();
        while (message?.data?.eventName !== "Registered") message = await messages.next();
        expect(message.data).to.deep.include({ id: 1, removed: true });
        await messages.cancel();
      } finally {
        real.close();
        await at.close();
        await directory.feed.close();
      }
    });

    it("should be of the source that the SDK has", async () => {
      await open();
      const source = memoryFeed(rpcEventSource(world.members[0], { pollingInterval: 20 }));
      expect(await source.after(undefined, 10)).to.deep.equal([]);
      await source.close();
    });
  });
});

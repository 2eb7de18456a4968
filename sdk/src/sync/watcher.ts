import type { Hex } from "viem";
import { rightChain } from "../rpc/rightChain.ts";
import { dropClosedSocket } from "../rpc/socket.ts";
import type { AnyClient } from "../types/client.ts";
import type { WatchedEvent } from "../types/event.ts";
import { eventsOf } from "./events.ts";
import type { LogFilter } from "./filters.ts";
import { type Header, readHeader } from "./header.ts";
import { type RawLog, readLogs } from "./logs.ts";
import { areLinked } from "./newestHeaders.ts";
import { REACH, readRecent, timesOf } from "./recent.ts";
import type { Stride } from "./stride.ts";
import { Trail } from "./trail.ts";

/** What one look at the chain found. */
type Look = {
  events: WatchedEvent[];
  /** Whether the head is not reached yet: there is more to find at once. */
  isBehind: boolean;
};

/** How long viem may take to connect a WebSocket again by itself (milliseconds); it waits 2 seconds before it tries. */
const PATIENCE = 5_000;

/** Headers that are asked for at once. */
const STEP = 16n;

const NOTHING: Look = { events: [], isBehind: false };

/**
 * Follows the chain to its head, one look at a time. A look either goes back over what a reorg took, or forward over one
 * range; it changes what is remembered only at its end, so that one that fails can be repeated.
 */
export class Watcher {
  readonly #client: AnyClient;
  readonly #filters: readonly LogFilter[];
  readonly #stride: Stride;
  readonly #fromBlock: bigint | undefined;
  #trail: Trail | undefined;
  /** The chain's first block, which tells another chain in its place, as after the restart of a local node. */
  #genesis: Hex | undefined;
  /** Since when no look succeeded (milliseconds). */
  #downSince: number | undefined;

  constructor(client: AnyClient, filters: readonly LogFilter[], stride: Stride, fromBlock: bigint | undefined) {
    this.#client = client;
    this.#filters = filters;
    this.#stride = stride;
    this.#fromBlock = fromBlock;
  }

  async look(): Promise<Look> {
    try {
      const found = await this.#look();
      this.#downSince = undefined;
      return found;
    } catch (error) {
      this.#downSince ??= Date.now();
      if (Date.now() - this.#downSince >= PATIENCE) await dropClosedSocket(this.#client);
      throw error;
    }
  }

  async #look(): Promise<Look> {
    const head = await this.#header();
    if (head === undefined) return NOTHING;
    const trail = this.#trail ?? (await this.#start(head));
    if (head.hash === trail.top?.hash) return NOTHING;
    // A block on top of the last one proves that all below is as it was.
    if (head.parentHash !== trail.top?.hash) {
      const back = await this.#retreat(trail, head);
      if (back !== undefined) return back;
    }
    return this.#advance(trail, head);
  }

  async #start(head: Header): Promise<Trail> {
    await rightChain(this.#client);
    this.#genesis = (await this.#header(0n))?.hash;
    const trail = new Trail(this.#fromBlock ?? head.number + 1n);
    if (this.#fromBlock === undefined) trail.extend([], head);
    this.#trail = trail;
    return trail;
  }

  /** Looks for the newest step that is still part of the chain; undefined where that is the last one. */
  async #retreat(trail: Trail, head: Header): Promise<Look | undefined> {
    const known = trail.upTo(head.number);
    for (const step of known) {
      const header = await this.#header(step.number);
      // A node that lags behind another one does not know the block yet; that proves nothing.
      if (header === undefined) return NOTHING;
      if (header.hash !== step.hash) continue;
      // What is above may come to be there again: the node may only lag behind.
      if (step === known[0]) return step === trail.top ? undefined : NOTHING;
      return takenBack(trail.cut(step));
    }
    const genesis = await this.#header(0n);
    if (genesis !== undefined && this.#genesis !== undefined && genesis.hash !== this.#genesis) {
      this.#genesis = genesis.hash;
      this.#trail = new Trail(0n);
      return takenBack(trail.cut(undefined));
    }
    if (known.length > 0) return takenBack(trail.cut(undefined));
    return trail.top === undefined ? undefined : NOTHING;
  }

  async #advance(trail: Trail, head: Header): Promise<Look> {
    const { next: from } = trail;
    if (from > head.number) return NOTHING;
    const settled = head.number - BigInt(REACH);
    return from <= settled ? this.#leap(trail, head, settled) : this.#walk(trail, head);
  }

  /** Over blocks that every node has. */
  async #leap(trail: Trail, head: Header, settled: bigint): Promise<Look> {
    const { next: from, top } = trail;
    const to = this.#stride.end(from, settled);
    const last = await this.#header(to);
    if (last === undefined) return NOTHING;
    const found = await readLogs(this.#client, this.#filters, { fromBlock: from, toBlock: to });
    if ("error" in found) return this.#refused(from, to, found.error);
    // Logs asked for by number are those of our chain if it was the same before and after.
    if (!(await this.#areParts([top, last]))) return { ...NOTHING, isBehind: true };
    return this.#extend(trail, head, last, found.answer, new Map());
  }

  /** Over the newest blocks, whose hashes tell that they are ours, and whose headers, that nothing is missing. */
  async #walk(trail: Trail, head: Header): Promise<Look> {
    const { next: from, top } = trail;
    const most = from + STEP - 1n;
    const to = this.#stride.end(from, most < head.number ? most : head.number);
    const numbers = Array.from({ length: Number(to - from) + 1 }, (_, i) => from + BigInt(i));
    const found = await Promise.all(numbers.map((number) => (number === head.number ? head : this.#header(number))));
    // A node that lags behind does not have them all: what comes before the first that is missing is there.
    const missing = found.indexOf(undefined);
    const headers = found.slice(0, missing === -1 ? undefined : missing).filter((header) => header !== undefined);
    const last = headers.at(-1);
    if (last === undefined) return NOTHING;
    const logs = await readRecent(this.#client, this.#filters, headers);
    if ("error" in logs) return this.#refused(from, to, logs.error);
    const isLinked = (top === undefined || headers[0]?.parentHash === top.hash) && areLinked(headers);
    if (!(isLinked || (await this.#areParts([top, ...headers])))) return { ...NOTHING, isBehind: true };
    return this.#extend(trail, head, last, logs.answer, timesOf(headers));
  }

  #refused(from: bigint, to: bigint, error: unknown): Look {
    if (!this.#stride.refuse(from, to)) throw error;
    return { ...NOTHING, isBehind: true };
  }

  async #extend(
    trail: Trail,
    head: Header,
    last: Header,
    logs: readonly RawLog[],
    times: Map<Hex, number>,
  ): Promise<Look> {
    const events = await eventsOf(this.#client, logs, times);
    this.#stride.accept(trail.next, last.number, logs.length);
    trail.extend(events, last);
    return { events: events.map((event) => ({ ...event, removed: false })), isBehind: last.number < head.number };
  }

  async #areParts(blocks: readonly ({ number: bigint; hash: Hex } | undefined)[]): Promise<boolean> {
    const checks = blocks.map(async (block) => !block || (await this.#header(block.number))?.hash === block.hash);
    return (await Promise.all(checks)).every((isPart) => isPart);
  }

  #header(number?: bigint): Promise<Header | undefined> {
    return readHeader(this.#client, number);
  }
}

function takenBack(events: readonly Omit<WatchedEvent, "removed">[]): Look {
  return { events: events.map((event) => ({ ...event, removed: true }) as WatchedEvent), isBehind: true };
}

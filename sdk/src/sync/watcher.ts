import type { Hex } from "viem";
import { getBlock } from "viem/actions";
import { explain } from "../rpc/explain.ts";
import { dropClosedSocket } from "../rpc/socket.ts";
import type { AnyClient } from "../types/client.ts";
import type { WatchedEvent } from "../types/event.ts";
import { type LogFilter, readEvents } from "./logs.ts";
import type { Stride } from "./stride.ts";
import { Trail } from "./trail.ts";

/** A block, as far as it is needed here. */
type Header = { number: bigint; hash: Hex; parentHash: Hex };

/** What one look at the chain found. */
type Look = {
  events: WatchedEvent[];
  /** Whether the head is not reached yet: there is more to find at once. */
  isBehind: boolean;
};

/** How long viem may take to connect a WebSocket again by itself (milliseconds); it waits 2 seconds before it tries. */
const PATIENCE = 5_000;

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
    const { next: from, top } = trail;
    if (from > head.number) return NOTHING;
    const to = this.#stride.end(from, head.number);
    const last = to === head.number ? head : await this.#header(to);
    if (last === undefined) return NOTHING;
    // Logs asked for by hash are those of this very block, on whatever chain it is.
    const isLinked = from === to && last.parentHash === top?.hash;
    const range = isLinked ? { blockHash: last.hash } : { fromBlock: from, toBlock: to };
    const found = await readEvents(this.#client, this.#filters, range);
    if ("error" in found) {
      if (!this.#stride.refuse(from, to)) throw found.error;
      return { ...NOTHING, isBehind: true };
    }
    // Logs asked for by number are those of our chain if it was the same before and after.
    if (!isLinked && !((await this.#isPart(top)) && (await this.#isPart(last)))) return { ...NOTHING, isBehind: true };
    trail.extend(found.answer, last);
    this.#stride.accept(from, to, found.answer.length);
    return { events: found.answer.map((event) => ({ ...event, removed: false })), isBehind: to < head.number };
  }

  async #isPart(block: { number: bigint; hash: Hex } | undefined): Promise<boolean> {
    return block === undefined || (await this.#header(block.number))?.hash === block.hash;
  }

  /** The head, or the block with a number; undefined where the node has none. */
  async #header(number?: bigint): Promise<Header | undefined> {
    try {
      const block = await explain(
        this.#client,
        getBlock(this.#client, number === undefined ? {} : { blockNumber: number }),
      );
      return { number: block.number, hash: block.hash, parentHash: block.parentHash };
    } catch (error) {
      if ((error as Error).name === "BlockNotFoundError") return undefined;
      throw error;
    }
  }
}

function takenBack(events: readonly Omit<WatchedEvent, "removed">[]): Look {
  return { events: events.map((event) => ({ ...event, removed: true }) as WatchedEvent), isBehind: true };
}

import type { Hex } from "viem";
import type { TenureEvent } from "../types/event.ts";

/** A block that was read, with the events that were reported of it. */
export type Step = { number: bigint; hash: Hex; events: readonly TenureEvent[] };

/** Blocks that are remembered, and events in them. A reorg that goes deeper than the oldest of them is reported that far. */
const MOST = 8_192;
const MOST_EVENTS = 65_536;

/** The blocks that a watcher has behind it, oldest first: the last of each range that it read, and all with events. */
export class Trail {
  readonly #steps: Step[] = [];
  /** Events of all steps. */
  #count = 0;
  #floor: bigint;

  /** @param first - The first block of interest. */
  constructor(first: bigint) {
    this.#floor = first;
  }

  /** The block to read next. */
  get next(): bigint {
    return this.top === undefined ? this.#floor : this.top.number + 1n;
  }

  get top(): Step | undefined {
    return this.#steps.at(-1);
  }

  /** The steps that are no newer than a block, newest first. */
  upTo(number: bigint): Step[] {
    return this.#steps.filter((step) => step.number <= number).reverse();
  }

  /** Remembers the events of a range, and its last block. */
  extend(events: readonly TenureEvent[], last: { number: bigint; hash: Hex }): void {
    const blocks = new Map<bigint, Step & { events: TenureEvent[] }>();
    for (const event of events) {
      const { blockNumber: number, blockHash: hash } = event;
      const step = blocks.get(number) ?? { number, hash, events: [] };
      step.events.push(event);
      blocks.set(number, step);
    }
    for (const step of blocks.values()) this.#steps.push(step);
    if (!blocks.has(last.number)) this.#steps.push({ number: last.number, hash: last.hash, events: [] });
    this.#count += events.length;
    this.#forget();
  }

  /** Forgets the oldest steps, but not the last: its hash tells of a reorg, however much happened in it. */
  #forget(): void {
    let count = 0;
    while (count < this.#steps.length - 1 && (this.#steps.length - count > MOST || this.#count > MOST_EVENTS)) {
      this.#count -= this.#steps[count]?.events.length ?? 0;
      count += 1;
    }
    const forgotten = this.#steps.splice(0, count).at(-1);
    if (forgotten !== undefined) this.#floor = forgotten.number + 1n;
  }

  /** Forgets what came after a step, or all: the events to take back, newest first. */
  cut(base: Step | undefined): TenureEvent[] {
    const start = base === undefined ? 0 : this.#steps.indexOf(base) + 1;
    const events = this.#steps.splice(start).flatMap(({ events }) => events);
    this.#count -= events.length;
    return events.reverse();
  }
}

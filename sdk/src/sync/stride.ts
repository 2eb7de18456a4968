import { Pace } from "../rpc/pace.ts";

/** What fits into the 10 MB that viem accepts of an answer. */
const MANY_LOGS = 15_000;

/** How many blocks to ask for at once: fewer where the node refuses or answers a lot, more again after a while. */
export class Stride {
  readonly #pace: Pace;

  constructor(most: number) {
    this.#pace = new Pace(Math.min(most, Number.MAX_SAFE_INTEGER));
  }

  /** The last block to ask for. */
  end(from: bigint, last: bigint): bigint {
    const end = from + BigInt(this.#pace.size) - 1n;
    return end < last ? end : last;
  }

  accept(from: bigint, to: bigint, logs: number): void {
    const blocks = sizeOf(from, to);
    if (logs > MANY_LOGS) this.#pace.limit(Math.floor((blocks * MANY_LOGS) / logs));
    else if (logs * 2 <= MANY_LOGS) this.#pace.accept(blocks);
  }

  /** False where it cannot be smaller, so that the refusal is about something else. */
  refuse(from: bigint, to: bigint): boolean {
    return this.#pace.refuse(sizeOf(from, to));
  }
}

/** Blocks of a range. */
export function sizeOf(from: bigint, to: bigint): number {
  return Number(to - from + 1n);
}

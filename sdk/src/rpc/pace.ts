/** A limit is tried again after so many full steps in a row that were accepted: it may have been the load. */
const STEADY = 8;

/** How much to ask for at once, learned from what a node accepts: less after a refusal, more again after a while. */
export class Pace {
  #size: number;
  #steady = 0;
  #isProven = false;
  readonly #most: number;

  /** @param most - What to begin with, and never to exceed. */
  constructor(most: number) {
    this.#most = most;
    this.#size = most;
  }

  get size(): number {
    return this.#size;
  }

  /** The node accepted a step. */
  accept(size: number): void {
    this.#isProven = true;
    if (size < this.#size) return;
    this.#steady += 1;
    if (this.#steady < STEADY) return;
    this.#steady = 0;
    this.#size = Math.min(this.#most, this.#size * 2);
  }

  /** The node refused a step. False where it cannot be smaller, so that the refusal is about something else. */
  refuse(size: number): boolean {
    this.#steady = 0;
    if (size <= 1) return false;
    // Where nothing was ever accepted, larger leaps find out sooner whether anything is.
    this.#size = Math.min(this.#size, Math.ceil(size / (this.#isProven ? 2 : 4)));
    return true;
  }

  /** An answer was large: ask for that much at most, for a while. */
  limit(size: number): void {
    this.#steady = 0;
    this.#size = Math.max(1, size);
  }
}

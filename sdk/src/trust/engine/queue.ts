import { grown } from "./grown.ts";

/** Places that wait, each once, in the order in which they came. */
export class Queue {
  /** Every place that waited since the queue was opened. */
  seen: number[] = [];
  /** 1 for one that was seen, 2 for one that waits. */
  #marks = new Uint8Array(0);
  #places: number[] = [];
  #next = 0;

  /** Begins anew, with room for so many places. */
  open(size: number): void {
    for (const place of this.seen) this.#marks[place] = 0;
    this.seen = [];
    this.#marks = grown(this.#marks, size);
  }

  put(place: number): void {
    const mark = this.#marks[place] as number;
    if (mark === 2) return;
    if (mark === 0) this.seen.push(place);
    this.#marks[place] = 2;
    this.#places.push(place);
  }

  take(): number | undefined {
    const place = this.#places[this.#next++];
    if (place === undefined) {
      this.#places = [];
      this.#next = 0;
    } else {
      this.#marks[place] = 1;
    }
    return place;
  }
}

import { CursorGoneError, type FeedEntry } from "../../types/directory.ts";

/** The newest entries of a feed. What is older is forgotten. */
export class Ring {
  readonly #size: number;
  #entries: FeedEntry[] = [];
  /** The cursor before the first entry. */
  #base: string;
  /** Where each cursor is: how many entries there ever were up to it. */
  readonly #places = new Map<string, number>();
  #forgotten = 0;

  /**
   * @param base The cursor after which the first entry comes.
   * @param size How many entries are kept at least.
   */
  constructor(base: string, size: number) {
    this.#base = base;
    this.#size = size;
    this.#places.set(base, 0);
  }

  /** The cursor of the newest entry. */
  get end(): string {
    return this.#entries.at(-1)?.cursor ?? this.#base;
  }

  /** The cursor of what was forgotten last. */
  get base(): string {
    return this.#base;
  }

  has(cursor: string): boolean {
    return this.#places.has(cursor);
  }

  push(entry: FeedEntry): void {
    this.#entries.push(entry);
    this.#places.set(entry.cursor, this.#forgotten + this.#entries.length);
    if (this.#entries.length >= 2 * this.#size) this.#forget(this.#entries.length - this.#size);
  }

  /** @throws CursorGoneError where the cursor is not known. */
  after(cursor: string, limit: number): readonly FeedEntry[] {
    const place = this.#places.get(cursor);
    if (place === undefined) throw new CursorGoneError();
    const from = place - this.#forgotten;
    return this.#entries.slice(from, from + limit);
  }

  #forget(count: number): void {
    const gone = this.#entries.slice(0, count);
    this.#places.delete(this.#base);
    for (const { cursor } of gone.slice(0, -1)) this.#places.delete(cursor);
    this.#base = gone.at(-1)?.cursor ?? this.#base;
    this.#entries = this.#entries.slice(count);
    this.#forgotten += count;
  }
}

/** A map that forgets what was used least recently when it would hold more than `limit`. */
export class BoundedMap<key, value> {
  readonly #entries = new Map<key, value>();
  readonly #limit: number;
  readonly #onForget: ((value: value, key: key) => void) | undefined;

  /** @param limit - Entries, at least 1. */
  constructor(limit: number, onForget?: (value: value, key: key) => void) {
    if (!Number.isSafeInteger(limit) || limit < 1)
      throw new RangeError(`A limit of ${limit} entries: it has to be 1 or more.`);
    this.#limit = limit;
    this.#onForget = onForget;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: key): value | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  set(key: key, value: value): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size > this.#limit) this.forgetOldest();
  }

  /** Forgets what was used least recently. */
  forgetOldest(): void {
    const oldest = this.#entries.entries().next().value;
    if (oldest === undefined) return;
    this.#entries.delete(oldest[0]);
    this.#onForget?.(oldest[1], oldest[0]);
  }

  delete(key: key): boolean {
    return this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
  }

  values(): IterableIterator<value> {
    return this.#entries.values();
  }
}

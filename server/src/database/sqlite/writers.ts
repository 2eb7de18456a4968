import { pause } from "../pause.ts";

/** Who may write what, in a process that alone uses its folder. */
export class Writers {
  readonly #held = new Map<string, AbortController>();

  /** Waits until nobody holds the name. The right ends when what is returned is aborted. */
  async take(name: string, signal: AbortSignal): Promise<AbortController | undefined> {
    for (let held = this.#held.get(name); held !== undefined; held = this.#held.get(name)) {
      if (signal.aborted) return undefined;
      await pause(2 ** 31 - 1, AbortSignal.any([signal, held.signal]));
    }
    if (signal.aborted) return undefined;
    const own = new AbortController();
    this.#held.set(name, own);
    own.signal.addEventListener("abort", () => this.#held.delete(name), { once: true });
    return own;
  }
}

import { pause } from "./pause.ts";

/** Wakes those who wait for a channel. */
export class Bell {
  readonly #waiting = new Map<string, Set<() => void>>();

  /** Wakes who waits for one channel, or for any. */
  ring(channel?: string): void {
    const channels = channel === undefined ? [...this.#waiting.keys()] : [channel];
    for (const one of channels) for (const wake of this.#waiting.get(one) ?? []) wake();
  }

  /** Begins to hear a channel: what rings between two waits is not lost. */
  hear(channel: string): { wait: (milliseconds: number, signal?: AbortSignal) => Promise<void>; stop: () => void } {
    let rang = new AbortController();
    const wake = () => rang.abort();
    const all = this.#waiting.get(channel) ?? new Set();
    this.#waiting.set(channel, all.add(wake));
    return {
      wait: async (milliseconds, signal) => {
        await pause(milliseconds, signal === undefined ? rang.signal : AbortSignal.any([rang.signal, signal]));
        rang = new AbortController();
      },
      stop: () => {
        all.delete(wake);
        if (all.size === 0) this.#waiting.delete(channel);
      },
    };
  }
}

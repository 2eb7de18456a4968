import { randomBytes } from "node:crypto";
import type { EventSource } from "@tenure/sdk";
import type { EventFeed } from "../../types/directory.ts";
import { Ring } from "./ring.ts";

/** How events are kept. */
export interface MemoryFeedOptions {
  /** How many are kept at least; 10,000 where left out. */
  readonly size?: number | undefined;
  /** The first block; the one after the head where left out. */
  readonly fromBlock?: bigint | undefined;
  /** Told of every look at the chain that failed. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** A feed of what happens from now on, in the memory of this process. */
export interface MemoryFeed extends EventFeed {
  /** Ends it. */
  readonly close: () => Promise<void>;
}

/**
 * Follows a source of events, and keeps the newest of them: for whoever has no index. Its cursors are good in this process alone, and
 * as long as it runs.
 */
export function memoryFeed(
  source: EventSource,
  { size = 10_000, fromBlock, onError }: MemoryFeedOptions = {},
): MemoryFeed {
  const name = randomBytes(8).toString("hex");
  const ring = new Ring(`${name}.0`, size);
  const listeners = new Set<() => void>();
  const ended = new AbortController();
  let failure: { readonly error: unknown } | undefined;

  const follow = async () => {
    let count = 0;
    try {
      for await (const event of source.events({ signal: ended.signal, fromBlock, onError })) {
        count += 1;
        ring.push({ cursor: `${name}.${count}`, event });
        for (const listener of listeners) listener();
      }
    } catch (error) {
      failure = { error };
      for (const listener of listeners) listener();
      onError?.(error);
    }
  };
  const following = follow();

  return {
    end: async () => ring.end,
    after: async (cursor, limit) => {
      if (failure !== undefined) throw failure.error;
      return ring.after(cursor ?? ring.base, limit);
    },
    onMore: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      ended.abort();
      await following;
    },
  };
}

import type { EventFeed } from "../../types/directory.ts";
import { Ring } from "./ring.ts";

/** Entries that are kept for all streams together, and read at once. */
const KEPT = 2_000;
const AT_ONCE = 500;

/** A feed that many read at once. */
export interface Tail extends EventFeed {
  readonly close: () => void;
}

/**
 * Keeps the newest entries of a feed for all who follow it, so that a thousand streams ask it once. Whoever is further behind
 * asks the feed itself until they have caught up.
 */
export function tailOf(feed: EventFeed, onError?: (error: unknown) => void): Tail {
  const listeners = new Set<() => void>();
  let ring: Ring | undefined;
  let isReading = false;
  let isBehind = false;
  let stop: (() => void) | undefined;

  async function more(): Promise<void> {
    isBehind = true;
    if (isReading) return;
    isReading = true;
    try {
      ring ??= new Ring(await feed.end(), KEPT);
      while (isBehind) {
        isBehind = false;
        const entries = await feed.after(ring.end, AT_ONCE);
        for (const entry of entries) ring.push(entry);
        if (entries.length === AT_ONCE) isBehind = true;
      }
    } catch (error) {
      // The streams ask the feed themselves then, and hear it from there.
      ring = undefined;
      onError?.(error);
    } finally {
      isReading = false;
    }
    for (const listener of listeners) listener();
  }

  return {
    end: () => feed.end(),
    after: async (cursor, limit) =>
      cursor !== undefined && ring?.has(cursor) ? ring.after(cursor, limit) : feed.after(cursor, limit),
    onMore: (listener) => {
      if (stop === undefined) {
        stop = feed.onMore(() => void more());
        void more();
      }
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {
      stop?.();
      stop = undefined;
    },
  };
}

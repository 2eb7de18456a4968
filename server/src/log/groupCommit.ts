import { encodeEntry, encodeLine } from "./encodeLine.ts";
import type { LogEntry } from "./entry.ts";
import { LogBusyError, LogUnavailableError } from "./errors.ts";
import { leafHash } from "./merkle/hash.ts";
import type { LogStore } from "./store.ts";

/** Limits of writing. */
export interface CommitLimits {
  /** How many entries may wait; more are refused at once. 10,000 where left out. */
  readonly maxWaiting?: number | undefined;
  /** Milliseconds that a flush may take, until all that wait are refused. 5,000 where left out. */
  readonly maxFlush?: number | undefined;
}

/** Lines, and bytes, that go into one flush. */
const MAX_LINES = 4096;
const MAX_BYTES = 8 * 1024 * 1024;

interface Waiting {
  readonly text: string;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * Writes entries to a store: whatever comes while a flush runs shares the next one. An entry that was refused may still come
 * to stand in the log, where the flush that took too long succeeds in the end.
 */
export function groupCommit(store: LogStore, { maxWaiting = 10_000, maxFlush = 5_000 }: CommitLimits = {}) {
  let waiting: Waiting[] = [];
  let running: Promise<void> | undefined;
  let stuck: Error | undefined;

  /** As many of those that wait as go into one flush. */
  const take = (room: number): Waiting[] => {
    let bytes = 0;
    const most = Math.min(room, MAX_LINES);
    const end = waiting.findIndex(({ text }, index) => {
      bytes += text.length;
      return index >= most || (index > 0 && bytes > MAX_BYTES);
    });
    return waiting.splice(0, end < 0 ? waiting.length : end);
  };

  const flush = async () => {
    let batch: Waiting[] = [];
    const refuse = (cause: unknown) => {
      for (const { reject } of batch) reject(new LogUnavailableError(cause));
    };
    const timer = setTimeout(() => {
      stuck = new Error(
        `a flush takes longer than ${maxFlush} ms. Look at the disk, or the database, that the log lies on.`,
      );
      refuse(stuck);
      for (const { reject } of waiting) reject(new LogUnavailableError(stuck));
      waiting = [];
    }, maxFlush);
    try {
      await store.append(({ size, previous, room }) => {
        if (batch.length === 0) batch = take(room);
        let last = previous;
        return batch.map(({ text }, index) => {
          const line = encodeLine(text, size + index, last, Date.now());
          last = leafHash(line);
          return line;
        });
      });
      for (const { resolve } of batch) resolve();
    } catch (error) {
      // Where the store failed before it asked for lines, those that wait would fail alike.
      if (batch.length === 0) batch = take(Number.POSITIVE_INFINITY);
      refuse(error);
    } finally {
      clearTimeout(timer);
      stuck = undefined;
    }
  };

  const run = async () => {
    while (waiting.length > 0) await flush();
    running = undefined;
  };

  return {
    /** Resolves once the entry is durable. */
    write: (entry: LogEntry) =>
      new Promise<void>((resolve, reject) => {
        if (stuck !== undefined) return reject(new LogUnavailableError(stuck));
        if (waiting.length >= maxWaiting) return reject(new LogBusyError(waiting.length));
        waiting.push({ text: encodeEntry(entry), resolve, reject });
        running ??= run();
      }),
    /** Resolves once nothing waits. */
    idle: async () => {
      while (running !== undefined) await running;
    },
  };
}

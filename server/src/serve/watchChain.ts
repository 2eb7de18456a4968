import { pause } from "../database/index.ts";
import { IndexNotReadyError } from "../index/index.ts";
import type { Change } from "../policy/index.ts";
import { CursorGoneError, type EventFeed } from "../types/directory.ts";
import type { OpenChain } from "./openChain.ts";
import type { OnProblem } from "./settings.ts";

/** Events that are read at once. */
const PAGE = 500;

/** Milliseconds after which the index is looked at though nothing was announced. */
const LOOK = 1_000;

/**
 * Tells what happens on a chain, until the signal: that there is another block, and each event, with what a reorg took back.
 *
 * @param onChange Told of each; what rests on it is decided anew.
 */
export async function watchChain(
  { name: { chainId }, directory: { feed }, look }: OpenChain,
  onChange: (change: Change) => void,
  signal: AbortSignal,
  onProblem: OnProblem,
): Promise<void> {
  let wake = () => {};
  const stop = feed.onMore(() => wake());
  const end = () => wake();
  signal.addEventListener("abort", end);
  let cursor: string | undefined;
  try {
    while (!signal.aborted) {
      const more = new Promise<void>((resolve) => {
        wake = resolve;
      });
      try {
        await look();
        if (cursor === undefined) {
          cursor = await feed.end();
          // Whatever happened before that is not told any more.
          onChange({ kind: "chain", chainId });
        }
        cursor = await tell(feed, cursor, chainId, onChange);
        onChange({ kind: "block", chainId });
      } catch (error) {
        // A cursor that is of an index made anew: whatever is held has to be looked at, and the feed begins at its end.
        if (error instanceof CursorGoneError) cursor = undefined;
        // Not read up to its head yet: `notReady` says so to whoever asks.
        else if (!(error instanceof IndexNotReadyError) && !signal.aborted)
          onProblem(`events of chain ${chainId}`, error);
        onChange({ kind: "block", chainId });
      }
      await Promise.race([more, pause(LOOK, signal)]);
    }
  } finally {
    signal.removeEventListener("abort", end);
    stop();
  }
}

/** Tells all events after a cursor. */
async function tell(
  feed: EventFeed,
  from: string,
  chainId: number,
  onChange: (change: Change) => void,
): Promise<string> {
  for (let cursor = from; ; ) {
    const page = await feed.after(cursor, PAGE);
    for (const { event } of page) onChange({ kind: "event", chainId, event });
    const last = page.at(-1);
    if (last === undefined) return cursor;
    cursor = last.cursor;
  }
}

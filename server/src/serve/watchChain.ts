import { pause } from "../database/index.ts";
import { IndexNotReadyError } from "../index/index.ts";
import type { Change } from "../policy/index.ts";
import { CursorGoneError, type EventFeed } from "../types/directory.ts";
import type { OpenChain } from "./openChain.ts";
import type { Reorganisation, ServerSettings } from "./settings.ts";

/** Events that are read at once. */
const PAGE = 500;

/** Milliseconds after which the index is looked at though nothing was announced. */
const LOOK = 1_000;

/**
 * Tells what happens on a chain, until the signal: that there is another block, and each event, with what a reorg took back.
 *
 * @param onChange Told of each; what rests on it is decided anew.
 * @param settings Who is told of what goes wrong, and of what a reorg took back.
 */
export async function watchChain(
  { name: { chainId }, directory: { feed }, look }: OpenChain,
  onChange: (change: Change) => void,
  signal: AbortSignal,
  { onProblem = () => {}, onReorganisation }: Pick<ServerSettings, "onProblem" | "onReorganisation">,
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
        cursor = await tell(feed, cursor, chainId, onChange, onReorganisation);
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

/** Tells all events after a cursor, and how many were taken back, one after the other. */
async function tell(
  feed: EventFeed,
  from: string,
  chainId: number,
  onChange: (change: Change) => void,
  onReorganisation: ServerSettings["onReorganisation"] = () => {},
): Promise<string> {
  let gone: Reorganisation | undefined;
  const end = () => {
    if (gone !== undefined) onReorganisation(gone);
    gone = undefined;
  };
  for (let cursor = from; ; ) {
    const page = await feed.after(cursor, PAGE);
    for (const { event } of page) {
      onChange({ kind: "event", chainId, event });
      // Newest first: the last one is of the lowest block.
      if (event.removed) gone = { chainId, events: (gone?.events ?? 0) + 1, fromBlock: event.blockNumber };
      else end();
    }
    const last = page.at(-1);
    if (last === undefined) {
      end();
      return cursor;
    }
    cursor = last.cursor;
  }
}

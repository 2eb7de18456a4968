import { blockOf, idOf, limitOf } from "../../check/arguments.ts";
import type { CommonErrorType } from "../../errors/common.ts";
import { abortOf, pause } from "../../sync/abort.ts";
import { filtersOf } from "../../sync/filters.ts";
import { Stride } from "../../sync/stride.ts";
import { Watcher } from "../../sync/watcher.ts";
import type { AnyClient } from "../../types/client.ts";
import type { WatchedEvent } from "../../types/event.ts";
import type { AddressParameters } from "../../types/parameters.ts";

/** Parameters of `watchEvents`. */
export type WatchEventsParameters = AddressParameters & {
  /** The identity; all where left out. */
  id?: number | undefined;
  /** First block to report; the one after the head where left out. */
  fromBlock?: bigint | undefined;
  /** Ends the watch, quietly. */
  signal?: AbortSignal | undefined;
  /** Milliseconds between two looks; the client's where left out. */
  pollingInterval?: number | undefined;
  /** How many blocks to ask the node for at once; 10,000 where left out. Fewer where it refuses. */
  chunkSize?: number | undefined;
  /** Told of every look that failed; the watch goes on. Throw in it to end the watch with an error. */
  onError?: ((error: unknown) => void) | undefined;
};

/** Result of `watchEvents`. */
export type WatchEventsReturnType = AsyncGenerator<WatchedEvent, void, undefined>;

/** What `watchEvents` throws. */
export type WatchEventsErrorType = CommonErrorType;

/**
 * Watches the registries, for as long as the loop around it runs: every event once, in order. After a reorg, the events
 * that it took back come again with `removed: true`, newest first, before those that replace them. A watch remembers the
 * last 8,192 blocks with events, and no more than 65,536 events, but always those of the last block: of a reorg that goes
 * deeper it takes back what it remembers, and reports what came in its place.
 * A node that does not answer is asked again; what happened meanwhile is reported when it does.
 *
 * Of the newest 64 blocks each is held against its header, so that a node that lags behind others makes the watch wait, and
 * lose nothing; for older blocks, which only a watch that begins there reads, the node's word is taken.
 *
 * To resume, keep the `blockNumber` of the last event and pass it as `fromBlock`: that block's events come once more.
 *
 * @param client - Client.
 * @param parameters - {@link WatchEventsParameters}
 * @returns The events, as they come.
 *
 * @example
 * for await (const event of watchEvents(client, { id: 7, signal })) {
 *   console.log(event.removed ? "taken back:" : "", event.eventName);
 * }
 */
export function watchEvents(client: AnyClient, parameters: WatchEventsParameters): WatchEventsReturnType {
  const { id, fromBlock, addresses, pollingInterval, chunkSize = 10_000 } = parameters;
  if (id !== undefined) idOf(id);
  if (fromBlock !== undefined) blockOf(fromBlock);
  const stride = new Stride(limitOf(chunkSize, "chunkSize"));
  const watcher = new Watcher(client, filtersOf(client, { id, addresses }), stride, fromBlock);
  return watch(watcher, pollingInterval ?? client.pollingInterval, parameters);
}

async function* watch(
  watcher: Watcher,
  pollingInterval: number,
  parameters: WatchEventsParameters,
): WatchEventsReturnType {
  const { signal, onError } = parameters;
  const { promise: aborted, stop } = abortOf(signal);
  try {
    while (!signal?.aborted) {
      const look = watcher.look();
      // Where the signal comes first, nobody is left to hear of an error.
      look.catch(() => undefined);
      try {
        await Promise.race([look, aborted]);
      } catch (error) {
        onError?.(error);
      }
      if (signal?.aborted) return;
      const { events, isBehind } = await look.catch(() => ({ events: [], isBehind: false }));
      for (const event of events) {
        yield event;
        if (signal?.aborted) return;
      }
      if (!isBehind) await pause(pollingInterval, aborted);
    }
  } finally {
    stop();
  }
}

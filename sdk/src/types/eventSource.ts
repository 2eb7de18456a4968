import type { WatchedEvent } from "./event.ts";

/** Which events, and from where on. */
export type EventsParameters = {
  /** First block of interest; the one after the head of the chain where left out. */
  fromBlock?: bigint | undefined;
  /** The identity; all where left out. */
  id?: number | undefined;
  /** Ends them, quietly. */
  signal?: AbortSignal | undefined;
  /** Told of every look that failed; the events go on. Throw in it to end them with an error. */
  onError?: ((error: unknown) => void) | undefined;
};

/**
 * The port through which the registries' events come: over RPC (`rpcEventSource`), or of whatever else follows the chain.
 * Every event once, in order; what a reorg took back comes again with `removed: true`, newest first, before what
 * replaces it. To resume, ask from the block of the last event: that block's events come once more.
 */
export type EventSource = {
  /** The events, as they come, until the signal. */
  events: (parameters: EventsParameters) => AsyncIterable<WatchedEvent>;
};

import type { z } from "zod";
import type { streamedEventSchema } from "../http/index.ts";
import { CursorLostError, RequestRefusedError, ServerUnavailableError, UnexpectedAnswerError } from "./errors.ts";
import { type Message, messagesOf } from "./messages.ts";
import type { Transport } from "./transport.ts";

/** An event, and where to go on after it. */
export interface FollowedEvent {
  /** Keep it: it is what `cursor` takes. */
  readonly cursor: string;
  readonly event: z.output<typeof streamedEventSchema>;
}

/** Which events, and from where on. */
export interface FollowOptions {
  readonly chain?: number | undefined;
  readonly registry?: string | undefined;
  /** The number of the identity; all where left out. */
  readonly identity?: number | undefined;
  /** After which event; what happens from now on, where left out. */
  readonly cursor?: string | undefined;
  /** Ends it, quietly. */
  readonly signal?: AbortSignal | undefined;
  /** Told of each connection that failed; the events go on. */
  readonly onError?: ((error: unknown) => void) | undefined;
  /** Milliseconds without a sign of life after which the connection is made anew; 45,000 where left out. */
  readonly silence?: number | undefined;
  /** Milliseconds after which a connection that failed is made anew; what the server says where left out, at first. */
  readonly retry?: number | undefined;
}

const RETRY = 2_000;
const LONGEST_RETRY = 30_000;

/** Resolves after a time, or at once when the signal comes. */
function pause(time: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, time);
    signal?.addEventListener("abort", done);
    if (signal?.aborted) done();
  });
}

/**
 * What happens, as long as the loop around it runs: each event once, in order, over as many connections as it takes.
 *
 * @throws CursorLostError when what came after the cursor is not known any more.
 * @throws RequestRefusedError when there is no such stream.
 */
export async function* follow(
  transport: Transport,
  options: FollowOptions,
): AsyncGenerator<FollowedEvent, void, undefined> {
  const { signal, onError } = options;
  const state = { cursor: options.cursor, retry: options.retry, failures: 0 };
  while (!signal?.aborted) {
    try {
      yield* connection(transport, options, state);
    } catch (error) {
      if (signal?.aborted) return;
      const isFinal = error instanceof RequestRefusedError && !(error instanceof ServerUnavailableError);
      if (isFinal) throw error;
      onError?.(error);
    }
    if (signal?.aborted) return;
    const wait = Math.min(LONGEST_RETRY, (state.retry ?? RETRY) * 2 ** Math.min(state.failures, 10));
    state.failures += 1;
    await pause(wait, signal);
  }
}

/** One connection, until it ends. What it learns is for the next one. */
async function* connection(
  transport: Transport,
  { chain, registry, identity, signal, silence = 45_000, retry }: FollowOptions,
  state: { cursor: string | undefined; retry: number | undefined; failures: number },
): AsyncGenerator<FollowedEvent, void, undefined> {
  const ended = new AbortController();
  const end = () => ended.abort();
  signal?.addEventListener("abort", end);
  let timer = setTimeout(end, silence);
  try {
    const { body } = await transport.open({
      path: "/v1/events",
      query: { chain, registry, identity },
      headers: {
        accept: "text/event-stream",
        ...(state.cursor === undefined ? {} : { "last-event-id": state.cursor }),
      },
      signal: ended.signal,
    });
    if (body === null) throw new UnexpectedAnswerError("The stream", "it has no content");
    for await (const message of messagesOf(body)) {
      clearTimeout(timer);
      timer = setTimeout(end, silence);
      state.failures = 0;
      state.retry = retry ?? message.retry ?? state.retry;
      const followed = eventOf(message);
      // It has been told once it is given out: where the loop around this ends there, it is not asked for again.
      state.cursor = message.lastId ?? state.cursor;
      if (followed !== undefined) yield followed;
    }
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", end);
    ended.abort();
  }
}

function eventOf({ event, data, lastId }: Message): FollowedEvent | undefined {
  if (event === undefined || event === "ready") return undefined;
  const detail = data.slice(0, 200);
  if (event === "gone") throw new CursorLostError({ status: 410, reason: "cursor_gone", detail });
  if (event === "unavailable") {
    throw new ServerUnavailableError({ status: 503, reason: "registry_unavailable", detail }, undefined);
  }
  if (lastId === undefined) throw new UnexpectedAnswerError("The stream", "an event has no id");
  return { cursor: lastId, event: JSON.parse(data) as FollowedEvent["event"] };
}

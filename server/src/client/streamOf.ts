import { RequestRefusedError, ServerUnavailableError, UnexpectedAnswerError } from "./errors.ts";
import { type Message, messagesOf } from "./messages.ts";
import type { Call, Transport } from "./transport.ts";

/** How a stream is kept up. */
export interface StreamOptions {
  /** Ends it, quietly. */
  readonly signal?: AbortSignal | undefined;
  /** Told of each connection that failed; the stream goes on. */
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
 * What a stream of server-sent events says, over as many connections as it takes.
 *
 * @param call What each connection asks for.
 * @param read Makes of a message what is given out; nothing of one that says nothing. What it throws counts as the connection's.
 * @throws RequestRefusedError when there is no such stream.
 */
export async function* streamOf<Entry>(
  transport: Transport,
  call: () => Omit<Call, "signal">,
  read: (message: Message) => Entry | undefined,
  options: StreamOptions,
): AsyncGenerator<Entry, void, undefined> {
  const { signal, onError } = options;
  const state = { retry: options.retry, failures: 0 };
  while (!signal?.aborted) {
    try {
      yield* connection(transport, call(), read, options, state);
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
async function* connection<Entry>(
  transport: Transport,
  call: Omit<Call, "signal">,
  read: (message: Message) => Entry | undefined,
  { signal, silence = 45_000, retry }: StreamOptions,
  state: { retry: number | undefined; failures: number },
): AsyncGenerator<Entry, void, undefined> {
  const ended = new AbortController();
  const end = () => ended.abort();
  signal?.addEventListener("abort", end);
  let timer = setTimeout(end, silence);
  try {
    const headers = { accept: "text/event-stream", ...call.headers };
    const { body } = await transport.open({ ...call, headers, signal: ended.signal });
    if (body === null) throw new UnexpectedAnswerError("The stream", "it has no content");
    for await (const message of messagesOf(body)) {
      clearTimeout(timer);
      timer = setTimeout(end, silence);
      state.failures = 0;
      state.retry = retry ?? message.retry ?? state.retry;
      const entry = read(message);
      if (entry !== undefined) yield entry;
    }
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", end);
    ended.abort();
  }
}

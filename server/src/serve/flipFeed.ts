import type { Hono } from "hono";
import type { Authenticate } from "../authzen/index.ts";
import type { Flip } from "../policy/index.ts";
import { endpoint, type OnError, Problem } from "../web/index.ts";

/** Milliseconds between two signs of life. */
const HEARTBEAT = 15_000;

/** Streams of one enforcement point, and messages that may wait in one. */
const [STREAMS, WAITING] = [16, 10_000];

/** Tells enforcement points which of the decisions that they hold are others now. */
export interface FlipFeed {
  readonly tell: (flip: Flip) => void;
  readonly count: () => number;
  /** Ends every stream, and opens no more. */
  readonly close: () => void;
}

interface Stream {
  readonly send: (text: string) => void;
  readonly end: () => void;
}

/**
 * `GET /v1/flips`: server-sent events, `flip` for each decision that the enforcement point which asks holds and that is another now.
 * What it misses while it is not connected it does not hear: a decision is to be remembered only while the stream is open, or for its
 * time to live.
 */
export function flipFeed(app: Hono, authenticate: Authenticate, onError?: OnError): FlipFeed {
  const streams = new Map<string, Set<Stream>>();
  let isClosed = false;

  function open(holder: string): Response {
    if (isClosed) throw new Problem(503, "closing", "The server ends. Connect to another one, or later.");
    const own = streams.get(holder) ?? new Set();
    if (own.size >= STREAMS) {
      throw new Problem(
        429,
        "too_many_streams",
        `You have ${own.size} streams, and no more are kept. End one of them.`,
      );
    }
    streams.set(holder, own);
    const encoder = new TextEncoder();
    let stream: Stream | undefined;
    let timer: NodeJS.Timeout | undefined;
    const forget = () => {
      clearInterval(timer);
      if (stream !== undefined) own.delete(stream);
      if (own.size === 0) streams.delete(holder);
    };
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        const end = () => {
          forget();
          controller.close();
        };
        const send = (text: string) => {
          // Whoever takes nothing in would have to be remembered for. Their stream ends, and they have to ask anew.
          if ((controller.desiredSize ?? 0) < -WAITING) end();
          else controller.enqueue(encoder.encode(text));
        };
        stream = { send, end };
        own.add(stream);
        timer = setInterval(() => send(": alive\n\n"), HEARTBEAT);
        timer.unref();
        send("event: ready\ndata: {}\n\n");
      },
      cancel: forget,
    });
    return new Response(body, { headers: { "content-type": "text/event-stream", "cache-control": "no-store" } });
  }

  app.all(
    "/v1/flips",
    endpoint({
      methods: ["GET"],
      handle: async (context) => open((await authenticate(context.req.raw)).id),
      onError,
    }),
  );

  return {
    tell: ({ holder, question: { tenant, subject, action, resource }, from, to }) => {
      const data = {
        ...{ tenant, subject: subject.id, agent: to.subject, action: action.name },
        resource: { type: resource.type, id: resource.id },
        from: { id: from.id, decision: from.outcome === "allowed" },
        to: { id: to.id, decision: to.outcome === "allowed", outcome: to.outcome, reason: to.reason },
      };
      const text = `id: ${to.id}\nevent: flip\ndata: ${JSON.stringify(data)}\n\n`;
      for (const stream of [...(streams.get(holder) ?? [])]) stream.send(text);
    },
    count: () => [...streams.values()].reduce((sum, own) => sum + own.size, 0),
    close: () => {
      isClosed = true;
      for (const own of [...streams.values()]) for (const stream of [...own]) stream.end();
    },
  };
}

import { z } from "zod";
import { CursorGoneError, type Directory } from "../../types/directory.ts";
import { Problem } from "../../web/index.ts";
import { ask } from "../ask.ts";
import { directoryOf } from "../directories.ts";
import { type Route, readQuery } from "../route.ts";
import type { Means } from "../routes/means.ts";
import { registryQuery } from "../routes/means.ts";
import { numeral, streamedEventSchema } from "../schemas/index.ts";
import { type EventStream, eventStream } from "./eventStream.ts";
import { type Tail, tailOf } from "./tail.ts";

/** The route of streams, and what ends all of them. */
export interface Streams {
  readonly route: Route;
  /** How many are open. */
  readonly count: () => number;
  readonly close: () => void;
}

const query = registryQuery.extend({
  cursor: z.string().max(1_024).optional().describe("The id of the last event. `Last-Event-ID` counts before it."),
  identity: numeral(1, 2 ** 40 - 1)
    .optional()
    .describe("The number of the identity; all where left out."),
});

/** Makes the route by which whoever wants hears of everything that happens. */
export function streamsOf({ directories, limits, senderOf, onError }: Means): Streams {
  /** Each with whose it is. */
  const open = new Map<EventStream, string | undefined>();
  const tails = new Map<Directory, Tail>();
  let isClosed = false;

  function tail(directory: Directory, tell: (error: unknown) => void): Tail {
    const known = tails.get(directory) ?? tailOf(directory.feed, tell);
    tails.set(directory, known);
    return known;
  }

  /** @throws Problem where no more streams are kept, or none of this sender. */
  function requireRoom(sender: string | undefined): void {
    if (isClosed) throw new Problem(503, "closing", "The server ends. Connect to another one, or later.");
    if (open.size >= limits.streams) {
      const detail = `There are ${limits.streams} streams, and no more are kept. Ask again later.`;
      throw new Problem(503, "too_many_streams", detail, { "retry-after": "10" });
    }
    if (sender === undefined) return;
    const own = [...open.values()].filter((other) => other === sender).length;
    if (own < limits.streamsPerSender) return;
    const detail = `You have ${own} streams, and no more are kept for one sender. End one of them.`;
    throw new Problem(429, "too_many_streams", detail, { "retry-after": "10" });
  }

  /** Where a stream begins: after what its client heard last, or now. */
  async function beginning({ feed }: Directory, said: string | undefined): Promise<string> {
    if (said === undefined) return feed.end();
    try {
      await feed.after(said, 1);
      return said;
    } catch (error) {
      if (!(error instanceof CursorGoneError)) throw error;
      throw new Problem(410, "cursor_gone", error.message);
    }
  }

  const route: Route = {
    method: "GET",
    path: "/v1/events",
    operationId: "followEvents",
    summary:
      "What happens to a registry, as server-sent events: first `ready`, then each event by its name, with `removed` where a reorg took it back.",
    params: z.strictObject({}),
    query,
    body: undefined,
    answer: streamedEventSchema,
    type: "text/event-stream",
    isGuarded: false,
    errors: [404, 410, 429, 503],
    async respond(context) {
      const request = context.req.raw;
      // Whoever asks for the head alone would take in nothing of a stream.
      if (request.method === "HEAD") throw new Problem(405, "method_not_allowed", "Follow by GET.", { allow: "GET" });
      const { chain, registry, cursor, identity: id } = readQuery(query, request);
      const directory = directoryOf(directories, chain, registry);
      const sender = senderOf?.(context);
      requireRoom(sender);
      const said = request.headers.get("last-event-id") ?? cursor;
      const from = await ask(() => beginning(directory, said), request, onError);
      // Others may have come meanwhile.
      requireRoom(sender);
      // On Node, the response itself: what waits in it is nothing that its client will ever take in.
      const { outgoing } = (context.env ?? {}) as { outgoing?: { destroy: () => void } };
      const tell = (error: unknown) => onError?.(error, request);
      const stream: EventStream = eventStream({
        ...{ feed: tail(directory, tell), cursor: from, id, heartbeat: limits.heartbeat, onError: tell },
        abandon: () => outgoing?.destroy(),
        onEnd: () => open.delete(stream),
      });
      open.set(stream, sender);
      return new Response(stream.body, {
        headers: { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" },
      });
    },
  };

  return {
    route,
    count: () => open.size,
    close: () => {
      isClosed = true;
      for (const { close } of open.keys()) close();
      for (const { close } of tails.values()) close();
    },
  };
}

import type { z } from "zod";
import type { streamedEventSchema } from "../http/index.ts";
import { CursorLostError, ServerUnavailableError, UnexpectedAnswerError } from "./errors.ts";
import type { Message } from "./messages.ts";
import { type StreamOptions, streamOf } from "./streamOf.ts";
import type { Transport } from "./transport.ts";

/** An event, and where to go on after it. */
export interface FollowedEvent {
  /** Keep it: it is what `cursor` takes. */
  readonly cursor: string;
  readonly event: z.output<typeof streamedEventSchema>;
}

/** Which events, and from where on. */
export interface FollowOptions extends StreamOptions {
  readonly chain?: number | undefined;
  readonly registry?: string | undefined;
  /** The number of the identity; all where left out. */
  readonly identity?: number | undefined;
  /** After which event; what happens from now on, where left out. */
  readonly cursor?: string | undefined;
}

/**
 * What happens, as long as the loop around it runs: each event once, in order, over as many connections as it takes.
 *
 * @throws CursorLostError when what came after the cursor is not known any more.
 * @throws RequestRefusedError when there is no such stream.
 */
export function follow(
  transport: Transport,
  { chain, registry, identity, ...options }: FollowOptions,
): AsyncGenerator<FollowedEvent, void, undefined> {
  let { cursor } = options;
  return streamOf(
    transport,
    () => ({
      path: "/v1/events",
      query: { chain, registry, identity },
      ...(cursor !== undefined && { headers: { "last-event-id": cursor } }),
    }),
    (message) => {
      const followed = eventOf(message);
      // It has been told once it is given out: where the loop around this ends there, it is not asked for again.
      cursor = message.lastId ?? cursor;
      return followed;
    },
    options,
  );
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

import type { WatchedEvent } from "@tenure/sdk";
import { CursorGoneError, type EventFeed, type FeedEntry } from "../../types/directory.ts";
import { presentEvent } from "../present.ts";

/** What a stream tells, and to whom. */
export interface EventStreamOptions {
  readonly feed: EventFeed;
  /** After which entry it begins. */
  readonly cursor: string;
  /** The identity; all where left out. */
  readonly id: number | undefined;
  /** Milliseconds between two signs of life. */
  readonly heartbeat: number;
  readonly onError?: ((error: unknown) => void) | undefined;
  /** Breaks the connection of a client that takes nothing in, where that can be done. */
  readonly abandon: (() => void) | undefined;
  /** Called once, when it has ended, whoever ended it. */
  readonly onEnd: () => void;
}

/** A stream, and what ends it from here. */
export interface EventStream {
  readonly body: ReadableStream<Uint8Array>;
  readonly close: () => void;
}

/** Bytes that wait for a client, about, and entries that are read at once. */
const WAITING = 65_536;
const AT_ONCE = 100;

/** Milliseconds after which a client asks again that lost its stream. */
const RETRY = 2_000;

/** Whether an event is about an identity. */
function isAbout(event: WatchedEvent, id: number): boolean {
  return [
    ...("id" in event ? [event.id] : []),
    ...("voucherId" in event ? [event.voucherId, event.subjectId] : []),
  ].includes(id);
}

const message = (name: string, cursor: string | undefined, data: unknown) =>
  `${cursor === undefined ? "" : `id: ${cursor}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

const written = ({ cursor, event }: FeedEntry) => message(event.eventName, cursor, presentEvent(event));

/**
 * Events as a stream of server-sent events (WHATWG HTML, section 9.2). It reads no faster than its client takes in, so that a slow
 * client costs no memory, and it leaves one that takes in nothing.
 */
export function eventStream({ feed, cursor, id, heartbeat, onError, abandon, onEnd }: EventStreamOptions): EventStream {
  const encoder = new TextEncoder();
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let place = cursor;
  let isEnded = false;
  let hasMore = true;
  let wake: (() => void) | undefined;
  let stalled = 0;

  const send = (text: string) => controller?.enqueue(encoder.encode(text));
  const unsubscribe = feed.onMore(() => {
    hasMore = true;
    wake?.();
  });
  // The cursor goes with it, so that whoever hears of nothing that concerns them still resumes from here.
  const timer = setInterval(() => {
    const isTaking = (controller?.desiredSize ?? 0) > 0;
    stalled = isTaking ? 0 : stalled + 1;
    if (isTaking) send(`: alive\nid: ${place}\n\n`);
    if (stalled < 2) return;
    end((stuck) => stuck.close());
    abandon?.();
  }, heartbeat);

  function end(how: (ending: ReadableStreamDefaultController<Uint8Array>) => void): void {
    if (isEnded) return;
    isEnded = true;
    clearInterval(timer);
    unsubscribe();
    wake?.();
    if (controller !== undefined) how(controller);
    onEnd();
  }
  const close = () => end((ending) => ending.close());

  /** The next entries that are for this client, as text; what it has to know where there can be none. */
  async function next(): Promise<string | undefined> {
    while (!isEnded) {
      hasMore = false;
      const entries = await feed.after(place, AT_ONCE);
      place = entries.at(-1)?.cursor ?? place;
      const told = entries.filter(({ event }) => id === undefined || isAbout(event, id));
      if (told.length > 0) return told.map(written).join("");
      if (entries.length > 0 || hasMore) continue;
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (isEnded || hasMore) resolve();
      });
    }
    return undefined;
  }

  const body = new ReadableStream<Uint8Array>(
    {
      start(started) {
        controller = started;
        send(`retry: ${RETRY}\n${message("ready", place, {})}`);
      },
      async pull() {
        try {
          const text = await next();
          if (text !== undefined && !isEnded) send(text);
        } catch (error) {
          const isGone = error instanceof CursorGoneError;
          if (!isGone) onError?.(error);
          if (!isEnded) send(message(isGone ? "gone" : "unavailable", undefined, { detail: detailOf(error) }));
          close();
        }
      },
      cancel: () => end(() => {}),
    },
    { highWaterMark: WAITING, size: (chunk) => chunk.byteLength },
  );
  return { body, close };
}

function detailOf(error: unknown): string {
  return error instanceof CursorGoneError ? error.message : "What happens cannot be read now. Connect again.";
}

import type { WatchedEvent } from "../../src/index.ts";

/** Gathers what a watch reports, until enough of it has come. */
export function collect(watch: (signal: AbortSignal) => AsyncGenerator<WatchedEvent, void, undefined>) {
  const seen: WatchedEvent[] = [];
  const controller = new AbortController();
  const ended = (async () => {
    for await (const event of watch(controller.signal)) seen.push(event);
  })();
  return {
    seen,
    /** Waits for that many events in all. */
    until: async (count: number) => {
      for (const end = Date.now() + 20_000; seen.length < count; ) {
        if (Date.now() > end) throw new Error(`${seen.length} of ${count} events came: ${seen.map(brief).join(", ")}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      return seen.map(brief);
    },
    /** Ends the watch, and fails where it failed. */
    stop: async () => {
      controller.abort();
      await ended;
    },
  };
}

/** "+Pulse 1", or "-Vouched 1>2" for one that was taken back. */
export function brief(event: WatchedEvent): string {
  return `${event.removed ? "-" : "+"}${event.eventName} ${whomOf(event)}`;
}

function whomOf(event: WatchedEvent): string | number {
  if ("voucherId" in event) return `${event.voucherId}>${event.subjectId}`;
  if ("id" in event) return event.id;
  return "issuer" in event ? event.issuer : event.owner;
}

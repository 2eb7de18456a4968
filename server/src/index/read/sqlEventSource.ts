import {
  type EventSource,
  type EventsParameters,
  InvalidBlockError,
  InvalidIdError,
  type WatchedEvent,
} from "@tenure/sdk";
import { type Database, DatabaseClosedError, pause } from "../../database/index.ts";
import type { ChainName } from "../store/chainRow.ts";
import { channelOf } from "../store/channelOf.ts";
import { requireWhole } from "./moment.ts";
import { type EventPlace, readHistory, readTold } from "./readEvents.ts";

/** Events that are read at once. */
const PAGE = 500;

/** Milliseconds after which an index that is not ready, or a database that does not answer, is asked again. */
const INTERVAL = 500;

/**
 * The SDK's port `EventSource` over SQL: what `rpcEventSource` tells of the same chain. A reorganisation is told however deep it
 * goes; where the index was made anew, everything is taken back and told again.
 *
 * @param name Which registries.
 *
 * @example
 * for await (const event of sqlEventSource(database, name).events({ fromBlock: 0n, signal })) console.log(event.eventName);
 */
export function sqlEventSource(database: Database, name: ChainName): EventSource {
  return {
    events: (parameters) => {
      const { id, fromBlock } = parameters;
      if (id !== undefined && (!Number.isSafeInteger(id) || id < 1)) throw new InvalidIdError({ id, argument: "id" });
      if (fromBlock !== undefined && (typeof fromBlock !== "bigint" || fromBlock < 0n)) {
        throw new InvalidBlockError({ block: fromBlock });
      }
      return events(database, name, parameters);
    },
  };
}

async function* events(
  database: Database,
  name: ChainName,
  { id, fromBlock, signal, onError }: EventsParameters,
): AsyncGenerator<WatchedEvent, void, undefined> {
  const ended = signal ?? new AbortController().signal;
  const persistently = <result>(ask: () => Promise<result>) => untilAnswered(ask, ended, onError);
  const start = await persistently(() =>
    database.snapshot(async (queries) => {
      const { chain, cursor, nextSeq } = await requireWhole(queries, name);
      return { chain, asOf: nextSeq - 1, from: fromBlock ?? cursor.number + 1n };
    }),
  );
  if (start === undefined) return;
  const { chain, from, asOf } = start;
  const wanted = { chain, id, limit: PAGE };
  // First what happened until now, and from then on what is told.
  for (let after: EventPlace | undefined = { number: from, logIndex: -1 }; after !== undefined; ) {
    const place: EventPlace = after;
    const page = await persistently(() => readHistory(database, { ...wanted, after: place, asOf }));
    if (page === undefined) return;
    for (const event of page) {
      yield { ...event, removed: false };
      if (ended.aborted) return;
    }
    const last = page.at(-1);
    after =
      last === undefined || page.length < PAGE ? undefined : { number: last.blockNumber, logIndex: last.logIndex };
  }
  let told = asOf;
  for await (const _ of database.changes(channelOf(chain), ended)) {
    for (;;) {
      const after = told;
      const page = await persistently(() => readTold(database, { ...wanted, after, fromBlock: from }));
      if (page === undefined) return;
      for (const { seq, event } of page) {
        told = seq;
        yield event;
        if (ended.aborted) return;
      }
      if (page.length < PAGE) break;
    }
  }
}

/** Asks until there is an answer; undefined where the signal comes first. */
async function untilAnswered<result>(
  ask: () => Promise<result>,
  signal: AbortSignal,
  onError: EventsParameters["onError"],
): Promise<result | undefined> {
  while (!signal.aborted) {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof DatabaseClosedError) throw error;
      onError?.(error);
      await pause(INTERVAL, signal);
    }
  }
  return undefined;
}

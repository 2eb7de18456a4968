import type { TenureEvent, WatchedEvent } from "@tenure/sdk";
import type { Queries, Row, Value } from "../../database/index.ts";
import { eventOfRow } from "../store/eventRows.ts";

const columns =
  "own.number, own.log_index, own.block_hash, own.timestamp, own.transaction_hash, own.registry, own.name, own.content";

/** An event, or its removal, and the number under which it was told: each is larger than those before. */
export interface ToldEvent {
  readonly seq: number;
  readonly event: WatchedEvent;
}

/** Which events of a chain. */
export interface EventsWanted {
  readonly chain: number;
  /** The identity that they are about; all where left out. */
  readonly id?: number | undefined;
  readonly limit: number;
}

/**
 * What was told after a number, in order: events, and removals of events that a reorganisation took back.
 *
 * @param fromBlock Of events of this block and later ones alone.
 */
export async function readTold(
  queries: Queries,
  {
    chain,
    id,
    limit,
    after,
    fromBlock,
  }: EventsWanted & { readonly after: number; readonly fromBlock?: bigint | undefined },
): Promise<ToldEvent[]> {
  const values: Value[] = [chain, after, fromBlock ?? 0n, limit, ...(id === undefined ? [] : [id])];
  const about = id === undefined ? "" : "and (own.id = $5 or own.other = $5)";
  const rows = await queries.all<Row>(
    `select seq, removed, number, log_index, block_hash, timestamp, transaction_hash, registry, name, content from (
      select * from (
        select own.seq, 0 as removed, ${columns} from index_event own
        where own.chain = $1 and own.seq > $2 and own.number >= $3 ${about} order by own.seq limit $4) as happened
      union all
      select * from (
        select gone.seq, 1 as removed, ${columns} from index_removal gone
        join index_event own on own.chain = gone.chain and own.seq = gone.event
        where gone.chain = $1 and gone.seq > $2 and own.number >= $3 ${about} order by gone.seq limit $4) as taken) as told
    order by seq limit $4`,
    values,
  );
  return rows.map((row) => ({
    seq: row.seq as number,
    event: { ...eventOfRow(row), removed: row.removed === 1 },
  }));
}

/** A place in the chain: a block, and an event in it. */
export interface EventPlace {
  readonly number: bigint;
  readonly logIndex: number;
}

/**
 * What happened in the chain, oldest first, as it was when everything up to a number was told: pages of one list are of one
 * chain, whatever is written meanwhile.
 *
 * @param after The place after which to begin.
 */
export async function readHistory(
  queries: Queries,
  { chain, id, limit, after, asOf }: EventsWanted & { readonly after: EventPlace; readonly asOf: number },
): Promise<TenureEvent[]> {
  const about = id === undefined ? "" : "and (own.id = $6 or own.other = $6)";
  const rows = await queries.all<Row>(
    `select ${columns} from index_event own
      where own.chain = $1 and own.seq <= $4 and (own.removed is null or own.removed > $4)
        and (own.number > $2 or (own.number = $2 and own.log_index > $3)) ${about}
      order by own.number, own.log_index limit $5`,
    [chain, after.number, after.logIndex, asOf, limit, ...(id === undefined ? [] : [id])],
  );
  return rows.map(eventOfRow);
}

import type { TenureEvent } from "@tenure/sdk";
import type { Hex } from "viem";
import type { Transaction, Value } from "../../database/index.ts";
import { applyEvents } from "../apply/applyEvents.ts";
import type { CellName } from "../apply/cells.ts";
import { keysOf, touchedBy } from "../apply/touchedBy.ts";
import { bytesOfHex } from "../words/bytes.ts";
import { cellOf, readCells, writeCells } from "./cells.ts";
import { cellText, valueText } from "./cellText.ts";
import { type ChainRow, type Cursor, changeChain, readChain } from "./chainRow.ts";
import { channelOf } from "./channelOf.ts";
import { Draft } from "./draft.ts";
import { eventColumns, rowOfEvent } from "./eventRows.ts";

/** Blocks that follow on the cursor, and everything that happened in them. */
export interface BlockRange {
  /** The last of them. */
  readonly last: Cursor;
  /** The newest of them, as far as a reorganisation can reach, oldest first. */
  readonly recent: readonly Cursor[];
  readonly events: readonly TenureEvent[];
  /** The oldest block that a reorganisation can reach: what changed from there on can be undone. */
  readonly reach: bigint;
  /** Unix milliseconds of when the node was asked for its head, and that head's number. */
  readonly seenAt: number;
  readonly head: bigint;
}

/** The cursor is not where it was: somebody else has written meanwhile. */
export class CursorMovedError extends Error {
  override readonly name = "CursorMovedError";
}

/** Takes a range in, whole: words, events, blocks, journal and cursor. */
export async function commitRange(transaction: Transaction, before: ChainRow, range: BlockRange): Promise<void> {
  const { chain } = before;
  const row = await readChain(transaction, chain);
  if (row.cursor?.hash !== before.cursor?.hash || row.rebuild !== undefined) {
    throw new CursorMovedError("The index was written by somebody else meanwhile.");
  }
  const { last, recent, events, reach, seenAt, head } = range;
  await takeEvents(transaction, row, events, reach);
  const blocks = recent.map(({ number, hash, timestamp }): Value[] => [chain, number, bytesOfHex(hash), timestamp]);
  const keys = { chain: "bigint", number: "bigint" } as const;
  await transaction.upsert({
    table: "index_block",
    keys,
    columns: { hash: "bytea", timestamp: "bigint" },
    rows: blocks,
  });
  for (const table of ["index_block", "index_journal"]) {
    await transaction.run(`delete from ${table} where chain = $1 and number < $2`, [chain, reach]);
  }
  const isAtHead = last.number === head;
  await changeChain(transaction, chain, {
    cursor: last,
    nextSeq: row.nextSeq + events.length,
    isWhole: row.isWhole || isAtHead,
    head,
    problem: undefined,
    ...(isAtHead && { seenAt }),
  });
  await transaction.announce(channelOf(chain));
}

async function takeEvents(
  transaction: Transaction,
  { chain, parameters, nextSeq }: ChainRow,
  events: readonly TenureEvent[],
  reach: bigint,
): Promise<void> {
  if (events.length === 0) return;
  const draft = await draftFor(transaction, chain, events);
  const journal: Value[][] = [];
  for (const own of blocksOf(events)) {
    const { blockNumber } = own[0] as TenureEvent;
    for (const { name, value } of draft.remembering(() => applyEvents(draft, own, parameters))) {
      const [kind, ...key] = name;
      if (blockNumber < reach) continue;
      journal.push([chain, cellText(kind, key as never), blockNumber, valueText(kind, value as never) ?? null]);
    }
  }
  await writeCells(transaction, chain, draft.changes());
  await transaction.upsert({
    table: "index_journal",
    keys: { chain: "bigint", cell: "text", number: "bigint" },
    columns: { before: "text" },
    rows: journal,
  });
  await transaction.upsert({
    table: "index_event",
    keys: { chain: "bigint", seq: "bigint" },
    columns: eventColumns,
    rows: events.map((event, place) => [chain, nextSeq + place, ...rowOfEvent(event)]),
  });
}

/** The cells that events touch, as they are before. */
async function draftFor(transaction: Transaction, chain: number, events: readonly TenureEvent[]): Promise<Draft> {
  const names = touchedBy(events);
  const values = await readCells(transaction, chain, names);
  const rekeyed = new Set<number>();
  for (const event of events) {
    const isKeyed = event.eventName === "KeyRotated" || event.eventName === "Retired";
    if (isKeyed || (event.eventName === "MetadataSet" && event.key === "agentWallet")) rekeyed.add(event.id);
  }
  const known = new Set(names.map(([kind, ...key]) => cellText(kind, key as never)));
  const more: CellName[] = [...rekeyed].flatMap((id) => {
    const own = cellOf(values, "identity", id);
    return own === undefined ? [] : keysOf(own).filter(([kind, ...key]) => !known.has(cellText(kind, key as never)));
  });
  for (const [text, value] of await readCells(transaction, chain, more)) values.set(text, value);
  return new Draft(values, [...names, ...more]);
}

/** Events by their blocks, in order. */
function blocksOf(events: readonly TenureEvent[]): TenureEvent[][] {
  const blocks: TenureEvent[][] = [];
  let hash: Hex | undefined;
  for (const event of events) {
    if (event.blockHash !== hash) blocks.push([]);
    hash = event.blockHash;
    blocks.at(-1)?.push(event);
  }
  return blocks;
}

import type { Row, Transaction } from "../../database/index.ts";
import type { CellName } from "../apply/cells.ts";
import { hexOf } from "../words/bytes.ts";
import { writeCells } from "./cells.ts";
import { cellName, cellValue } from "./cellText.ts";
import { type Cursor, changeChain, readChain } from "./chainRow.ts";
import { channelOf } from "./channelOf.ts";
import { kinds, layouts } from "./layouts.ts";

/** The blocks that a reorganisation can go back to, newest first. */
export async function recentBlocks(queries: Pick<Transaction, "all">, chain: number): Promise<Cursor[]> {
  const rows = await queries.all<Row>(
    "select number, hash, timestamp from index_block where chain = $1 order by number desc",
    [chain],
  );
  return rows.map(({ number, hash, timestamp }) => ({
    number: BigInt(number as number),
    hash: hexOf(hash as Uint8Array),
    timestamp: timestamp as number,
  }));
}

/** Goes back to a block: every word is what it was then, and what happened since is told as removed, newest first. */
export async function undoTo(transaction: Transaction, chain: number, block: Cursor): Promise<void> {
  const rows = await transaction.all<{ cell: string; before: string | null }>(
    "select cell, before from index_journal where chain = $1 and number > $2 order by number desc",
    [chain, block.number],
  );
  // Of several changes of a cell, the first one knows what was there.
  const before = new Map(rows.map(({ cell, before }) => [cell, before]));
  await writeCells(
    transaction,
    chain,
    [...before].map(([cell, text]): [CellName, never] => {
      const name = cellName(cell);
      return [name, (text === null ? undefined : cellValue(name[0], text)) as never];
    }),
  );
  for (const table of ["index_block", "index_journal"]) {
    await transaction.run(`delete from ${table} where chain = $1 and number > $2`, [chain, block.number]);
  }
  await removeEvents(transaction, chain, block.number);
  await changeChain(transaction, chain, { cursor: block });
}

/** Forgets everything that is known of a chain: it is read anew from its first block. */
export async function wipe(transaction: Transaction, chain: number, problem: string): Promise<void> {
  for (const kind of kinds) await transaction.run(`delete from ${layouts[kind].table} where chain = $1`, [chain]);
  for (const table of ["index_block", "index_journal"]) {
    await transaction.run(`delete from ${table} where chain = $1`, [chain]);
  }
  await removeEvents(transaction, chain, -1n);
  await changeChain(transaction, chain, {
    cursor: undefined,
    genesis: undefined,
    isWhole: false,
    seenAt: 0,
    rebuild: undefined,
    problem,
  });
}

async function removeEvents(transaction: Transaction, chain: number, number: bigint): Promise<void> {
  const { nextSeq } = await readChain(transaction, chain);
  const count = await transaction.run(
    `insert into index_removal (chain, seq, event)
      select chain, $3 + row_number() over (order by number desc, log_index desc), seq from index_event
      where chain = $1 and number > $2 and removed is null`,
    [chain, number, nextSeq - 1],
  );
  await transaction.run(
    `update index_event set removed = (
        select own.seq from index_removal own where own.chain = index_event.chain and own.event = index_event.seq)
      where chain = $1 and number > $2 and removed is null`,
    [chain, number],
  );
  await changeChain(transaction, chain, { nextSeq: nextSeq + count });
  await transaction.announce(channelOf(chain));
}

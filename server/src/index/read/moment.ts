import { BlockNotReachedError } from "@tenure/sdk";
import type { Hex } from "viem";
import type { Queries, Row } from "../../database/index.ts";
import type { CellName, Cells, Kind } from "../apply/cells.ts";
import { type CellValues, readCells } from "../store/cells.ts";
import { cellName, cellText, cellValue } from "../store/cellText.ts";
import { type ChainName, type ChainRow, type Cursor, readChainRow } from "../store/chainRow.ts";
import { hexOf } from "../words/bytes.ts";
import { BlockForgottenError, BlockTakenBackError, IndexNotReadyError } from "./errors.ts";
import type { FactsMoment } from "./facts.ts";

/** A block at which is read, within one snapshot of the database. */
export interface Moment extends FactsMoment {
  readonly chain: number;
  readonly block: Cursor;
  /** Whether it is the index's newest block, whose words are those of the tables. */
  readonly isNewest: boolean;
}

/** The row of a chain that can be asked about. */
export async function requireWhole(queries: Queries, name: ChainName): Promise<ChainRow & { readonly cursor: Cursor }> {
  return wholeOf(name, await readChainRow(queries, name));
}

/** The same of a row that was read, or is not there. */
export function wholeOf(name: ChainName, row: ChainRow | undefined): ChainRow & { readonly cursor: Cursor } {
  const refuse = (reason: string) => {
    throw new IndexNotReadyError(name.chainId, reason);
  };
  if (row === undefined) return refuse("nothing of it was read.");
  const { cursor, rebuild, isWhole } = row;
  if (rebuild !== undefined) return refuse(`it is to be made anew. ${rebuild}`);
  if (cursor === undefined || !isWhole) {
    return refuse(`it was read up to ${cursor === undefined ? "no block" : `block ${cursor.number}`} so far.`);
  }
  return { ...row, cursor };
}

/**
 * The moment of a block, or of the newest one.
 *
 * @param blockHash The hash that the block has to have; any where left out.
 * @throws IndexNotReadyError, BlockNotReachedError, BlockForgottenError, BlockTakenBackError
 */
export async function momentOf(
  queries: Queries,
  name: ChainName,
  blockNumber: bigint | undefined,
  blockHash?: Hex,
): Promise<Moment> {
  const moment = await momentAt(queries, name, blockNumber);
  if (blockHash !== undefined && moment.block.hash !== blockHash) {
    throw new BlockTakenBackError(moment.block.number, blockHash);
  }
  return moment;
}

async function momentAt(queries: Queries, name: ChainName, blockNumber: bigint | undefined): Promise<Moment> {
  const row = await requireWhole(queries, name);
  const { chain, cursor, parameters } = row;
  if (blockNumber === undefined || blockNumber === cursor.number) return newestMoment(row);
  if (blockNumber > cursor.number) throw new BlockNotReachedError({ blockNumber, head: cursor.number });
  const found = await queries.get<Row>("select hash, timestamp from index_block where chain = $1 and number = $2", [
    chain,
    blockNumber,
  ]);
  if (found === undefined) {
    const { oldest } = (await queries.get<{ oldest: number | null }>(
      "select min(number) as oldest from index_block where chain = $1",
      [chain],
    )) ?? { oldest: null };
    throw new BlockForgottenError(blockNumber, oldest === null ? undefined : BigInt(oldest));
  }
  const block = { number: blockNumber, hash: hexOf(found.hash as Uint8Array), timestamp: found.timestamp as number };
  return { chain, block, isNewest: false, parameters, timestamp: block.timestamp };
}

/** The moment of the index's newest block. */
export function newestMoment({ chain, cursor, parameters }: ChainRow & { readonly cursor: Cursor }): Moment {
  return { chain, block: cursor, isNewest: true, parameters, timestamp: cursor.timestamp };
}

/** What was in cells at that moment. */
export async function readCellsAt(queries: Queries, moment: Moment, names: readonly CellName[]): Promise<CellValues> {
  const values = await readCells(queries, moment.chain, names);
  if (moment.isNewest) return values;
  const texts = [...new Set(names.map(([kind, ...key]) => cellText(kind, key as never)))];
  const journal = await queries.lookup<{ cell: string; number: number; before: string | null }>({
    table: "index_journal",
    keys: { chain: "bigint", cell: "text" },
    columns: ["number", "before"],
    rows: texts.map((text) => [moment.chain, text]),
  });
  const first = new Map<string, { number: number; before: string | null }>();
  for (const { cell, number, before } of journal) {
    if (BigInt(number) > moment.block.number && number < (first.get(cell)?.number ?? Number.POSITIVE_INFINITY)) {
      first.set(cell, { number, before });
    }
  }
  for (const [cell, { before }] of first) {
    if (before === null) values.delete(cell);
    else values.set(cell, cellValue(cellName(cell)[0], before) as Cells[Kind]["value"]);
  }
  return values;
}

import type { AnyClient, RegistryAddresses } from "@tenure/sdk";
import { type Hex, hexToBigInt, numberToHex, pad } from "viem";
import type { Database, Queries } from "../../database/index.ts";
import type { CellName } from "../apply/cells.ts";
import { keysOf } from "../apply/touchedBy.ts";
import { momentOf, readCellsAt, requireWhole } from "../read/moment.ts";
import { cellOf } from "../store/cells.ts";
import { cellText } from "../store/cellText.ts";
import type { ChainName, Cursor } from "../store/chainRow.ts";
import { hexOf } from "../words/bytes.ts";
import { countsSlot } from "./slots.ts";
import { type StoredWord, storedWords } from "./storedWords.ts";

/** What to compare. */
export interface VerifyParameters {
  readonly database: Database;
  readonly name: ChainName;
  readonly client: AnyClient;
  /** How many identities, drawn by lot, with their keys and what they vouch for; all where left out. */
  readonly sample?: number | undefined;
  /** Ends it, with an error. */
  readonly signal?: AbortSignal | undefined;
}

/** A word that the index and the chain do not agree about. */
export interface Difference {
  /** What it is, such as `identity [7] record`. */
  readonly what: string;
  readonly address: Hex;
  readonly slot: Hex;
  readonly indexed: Hex;
  readonly stored: Hex;
}

/** What came of a comparison. */
export interface Verification {
  /** The block at which it was compared. */
  readonly block: Cursor;
  /** How many words were compared. */
  readonly words: number;
  /** Those that differ; the first thousand of them. */
  readonly differences: readonly Difference[];
}

/** Cells that are compared at once, words that are asked for at once, and differences that are named. */
const [PAGE, AT_ONCE, MOST] = [200, 32, 1_000];

/** Identities drawn by lot, at most so many of whose vouches are compared. */
const EDGES = 20;

/**
 * Compares the index's words with what the registries store, at one block. It needs a node that keeps the state of the newest
 * blocks; the whole takes one request a word.
 *
 * @throws BlockForgottenError where it takes so long that the index forgets the block: compare a sample.
 */
export async function verifyIndex(parameters: VerifyParameters): Promise<Verification> {
  const { database, name, client, sample, signal } = parameters;
  const { block, addresses, counts, largest } = await database.snapshot((queries) => begin(queries, name));
  const differences: Difference[] = [];
  let words = 0;
  const compare = async (all: readonly StoredWord[]) => {
    for (let at = 0; at < all.length; at += AT_ONCE) {
      signal?.throwIfAborted();
      const some = all.slice(at, at + AT_ONCE);
      const stored = await Promise.all(some.map(({ address, slot }) => readWord(client, address, slot, block)));
      for (const [place, { what, address, slot, word }] of some.entries()) {
        words += 1;
        const own = stored[place] ?? 0n;
        if (own === word || differences.length >= MOST) continue;
        const [indexed, found] = [word, own].map((one) => numberToHex(one, { size: 32 })) as [Hex, Hex];
        differences.push({ what, address, slot, indexed, stored: found });
      }
    }
  };
  await compare([{ what: "counts", address: addresses.identityRegistry, slot: countsSlot, word: counts }]);
  const pages =
    sample === undefined ? everything(database, name, block) : drawn(database, name, block, largest, sample);
  for await (const names of pages) {
    await compare(await database.snapshot((queries) => wordsOf(queries, name, block, addresses, names)));
  }
  return { block, words, differences };
}

async function begin(queries: Queries, name: ChainName) {
  const { chain, cursor, addresses } = await requireWhole(queries, name);
  const found = await queries.get<{ largest: number | null; retired: number }>(
    "select max(id) as largest, count(case when status = 3 then 1 end) as retired from index_identity where chain = $1",
    [chain],
  );
  const largest = found?.largest ?? 0;
  return { block: cursor, addresses, largest, counts: BigInt(largest) | (BigInt(found?.retired ?? 0) << 128n) };
}

async function wordsOf(
  queries: Queries,
  name: ChainName,
  block: Cursor,
  addresses: RegistryAddresses,
  names: readonly CellName[],
): Promise<StoredWord[]> {
  const moment = await momentOf(queries, name, block.number);
  const values = await readCellsAt(queries, moment, names);
  return names.flatMap((cell) => {
    const [kind, ...key] = cell;
    return storedWords(addresses, cell, values.get(cellText(kind, key as never)));
  });
}

/** Every identity, key and pair, page by page. */
async function* everything(database: Database, name: ChainName, block: Cursor): AsyncGenerator<CellName[]> {
  const chain = await database.snapshot(async (queries) => (await momentOf(queries, name, block.number)).chain);
  for (let last = 0; ; ) {
    const text = "select id from index_identity where chain = $1 and id > $2 order by id limit $3";
    const rows = await database.all<{ id: number }>(text, [chain, last, PAGE]);
    yield rows.map(({ id }): CellName => ["identity", id]);
    last = rows.at(-1)?.id ?? 0;
    if (rows.length < PAGE) break;
  }
  for (let last: Uint8Array = new Uint8Array(0); ; ) {
    const text = "select address from index_key where chain = $1 and address > $2 order by address limit $3";
    const rows = await database.all<{ address: Uint8Array }>(text, [chain, last, PAGE]);
    yield rows.map(({ address }): CellName => ["key", hexOf(address)]);
    last = rows.at(-1)?.address ?? last;
    if (rows.length < PAGE) break;
  }
  for (let [voucher, subject] = [0, 0]; ; ) {
    const text = `select voucher, subject from index_edge where chain = $1
      and (voucher > $2 or (voucher = $2 and subject > $3)) order by voucher, subject limit $4`;
    const rows = await database.all<{ voucher: number; subject: number }>(text, [chain, voucher, subject, PAGE]);
    yield rows.map((row): CellName => ["edge", row.voucher, row.subject]);
    [voucher, subject] = [rows.at(-1)?.voucher ?? 0, rows.at(-1)?.subject ?? 0];
    if (rows.length < PAGE) break;
  }
}

/** Identities drawn by lot, with their keys and the newest of what they vouch for. */
async function* drawn(
  database: Database,
  name: ChainName,
  block: Cursor,
  largest: number,
  sample: number,
): AsyncGenerator<CellName[]> {
  for (let count = 0; count < sample && largest > 0; count += 1) {
    const id = 1 + Math.floor(Math.random() * largest);
    yield await database.snapshot(async (queries) => {
      const moment = await momentOf(queries, name, block.number);
      const own = cellOf(await readCellsAt(queries, moment, [["identity", id]]), "identity", id);
      const rows = await queries.all<{ subject: number }>(
        "select subject from index_edge where chain = $1 and voucher = $2 order by made desc limit $3",
        [moment.chain, id, EDGES],
      );
      const edges = rows.map(({ subject }): CellName => ["edge", id, subject]);
      return [["identity", id], ...(own === undefined ? [] : keysOf(own)), ...edges] as CellName[];
    });
  }
}

/** The word at a slot, at that very block. */
async function readWord(client: AnyClient, address: Hex, slot: Hex, { hash }: Cursor): Promise<bigint> {
  const params = [address, slot, { blockHash: hash }];
  const word = (await client.request({ method: "eth_getStorageAt", params } as never)) as Hex;
  return word === "0x" ? 0n : hexToBigInt(pad(word, { size: 32 }));
}

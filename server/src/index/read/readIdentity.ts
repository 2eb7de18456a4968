import type { Hex } from "viem";
import type { Database, Queries, Row } from "../../database/index.ts";
import type { CellName, IdentityWords } from "../apply/cells.ts";
import { cellOf } from "../store/cells.ts";
import { type ChainName, chainColumns, chainOf } from "../store/chainRow.ts";
import { layouts } from "../store/layouts.ts";
import { wordOf } from "../words/bytes.ts";
import { addressIn } from "../words/word.ts";
import { type Moment, momentOf, newestMoment, readCellsAt, wholeOf } from "./moment.ts";

/** What is known of one identity at a moment: its words, and that of its owner's key. */
export interface FoundIdentity {
  readonly moment: Moment;
  readonly words: IdentityWords | undefined;
  readonly ownerEntry: bigint | undefined;
}

const identityColumns = Object.keys(layouts.identity.columns).join(", ");

/** Everything of the newest block in one statement, which sees one state: the owner is the last 20 bytes of the record. */
const newest = `select chain.chain, ${chainColumns}, ${identityColumns}, entry.word as owner_entry from index_chain chain
  left join index_identity own on own.chain = chain.chain and own.id = $4
  left join index_key entry on entry.chain = chain.chain and entry.address = substr(own.record, 13)
  where chain_id = $1 and identity_registry = $2 and vouch_registry = $3`;

export async function readIdentity(
  database: Database,
  name: ChainName,
  id: number,
  blockNumber: bigint | undefined,
  blockHash?: Hex,
): Promise<FoundIdentity> {
  if (blockNumber !== undefined) {
    return database.snapshot(async (queries) =>
      readIdentityAt(queries, await momentOf(queries, name, blockNumber, blockHash), id),
    );
  }
  const { chainId, identityRegistry, vouchRegistry } = name;
  const values = [chainId, identityRegistry.toLowerCase(), vouchRegistry.toLowerCase(), id];
  const row = await database.get<Row>(newest, values);
  const moment = newestMoment(wholeOf(name, row && chainOf(row)));
  if (row === undefined || row.record === null) return { moment, words: undefined, ownerEntry: undefined };
  const ownerEntry = row.owner_entry === null ? undefined : wordOf(row.owner_entry as Uint8Array);
  return { moment, words: layouts.identity.fromRow(row), ownerEntry };
}

/** The same within a snapshot. */
export async function readIdentityAt(queries: Queries, moment: Moment, id: number): Promise<FoundIdentity> {
  const words = cellOf(await readCellsAt(queries, moment, [["identity", id]]), "identity", id);
  if (words === undefined) return { moment, words, ownerEntry: undefined };
  const owner = addressIn(words.record);
  const keys: CellName[] = [["key", owner]];
  return { moment, words, ownerEntry: cellOf(await readCellsAt(queries, moment, keys), "key", owner) };
}

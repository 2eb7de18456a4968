import type { MomentParameters } from "@tenure/sdk";
import type { Hex } from "viem";
import type { Database } from "../../database/index.ts";
import { cellOf } from "../store/cells.ts";
import type { ChainName } from "../store/chainRow.ts";
import { nameHash } from "../words/nameHash.ts";
import { momentOf, readCellsAt } from "./moment.ts";

/** What an identity says of itself. */
export interface OwnWords {
  /** Its registration as it gave it; empty where it gave none. */
  readonly uri: string;
  /** What it set under the names that were asked for; `0x` where it set nothing. */
  readonly metadata: Readonly<Record<string, Hex>>;
}

/** What an identity says of itself: its registration, and its metadata of some names. */
export async function readMetadata(
  database: Database,
  name: ChainName,
  { id, names, blockNumber }: MomentParameters & { id: number; names: readonly string[] },
): Promise<OwnWords> {
  return database.snapshot(async (queries) => {
    const moment = await momentOf(queries, name, blockNumber);
    const cells = names.map((own) => ["metadata", id, nameHash(own)] as const);
    const values = await readCellsAt(queries, moment, [["identity", id], ...cells]);
    const entries = names.map((own) => [own, cellOf(values, "metadata", id, nameHash(own))?.value ?? "0x"] as const);
    return { uri: cellOf(values, "identity", id)?.uri ?? "", metadata: Object.fromEntries(entries) };
  });
}

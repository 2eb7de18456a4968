import type { Database } from "../../database/index.ts";
import { type ChainName, changeChain, readChainRow } from "../store/chainRow.ts";
import { channelOf } from "../store/channelOf.ts";

/**
 * Has the index of a chain made anew: from now on nothing is answered of it until whoever follows the chain has read everything
 * again.
 *
 * @param reason Why, as a sentence.
 */
export async function requestRebuild(database: Database, name: ChainName, reason: string): Promise<void> {
  await database.transaction(async (transaction) => {
    const row = await readChainRow(transaction, name);
    if (row === undefined) return;
    await changeChain(transaction, row.chain, { rebuild: reason });
    await transaction.announce(channelOf(row.chain));
  });
}

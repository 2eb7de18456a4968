import type { AgentLink, MomentParameters } from "@tenure/sdk";
import { type Address, getAddress } from "viem";
import type { Database } from "../../database/index.ts";
import { cellOf } from "../store/cells.ts";
import type { ChainName } from "../store/chainRow.ts";
import { lower } from "../words/word.ts";
import { momentOf, readCellsAt } from "./moment.ts";

/** A link as it was made. Whether it is true now depends on the agent's own contract, which no log of ours tells. */
export type MadeLink = Omit<AgentLink, "isLinked">;

/** The link of a token, as it was made; undefined where it has none. */
export async function readLink(
  database: Database,
  name: ChainName,
  { agentRegistry, agentId, blockNumber }: MomentParameters & { agentRegistry: Address; agentId: bigint },
): Promise<MadeLink | undefined> {
  const registry = lower(agentRegistry);
  return database.snapshot(async (queries) => {
    const moment = await momentOf(queries, name, blockNumber);
    const link = cellOf(await readCellsAt(queries, moment, [["link", registry, agentId]]), "link", registry, agentId);
    if (link === undefined) return undefined;
    return { ...link, agentRegistry: getAddress(registry), agentId, tokenOwner: getAddress(link.tokenOwner) };
  });
}

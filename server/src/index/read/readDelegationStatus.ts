import type { DelegationStatus, GrantReference, MomentParameters } from "@tenure/sdk";
import type { Database } from "../../database/index.ts";
import type { CellName } from "../apply/cells.ts";
import { cellOf } from "../store/cells.ts";
import type { ChainName } from "../store/chainRow.ts";
import { lower } from "../words/word.ts";
import { momentOf, readCellsAt } from "./moment.ts";

/**
 * Whether a grant is revoked, and which epoch its issuer's grants have to say: what `getDelegationStatus` of the SDK answers at
 * the same block.
 *
 * @param name Which registries; the registry of revocations is the one that was followed beside them.
 */
export async function readDelegationStatus(
  database: Database,
  name: ChainName,
  { issuer, handle, blockNumber }: GrantReference & MomentParameters,
): Promise<DelegationStatus> {
  const [account, grant] = [lower(issuer), handle.toLowerCase() as typeof handle];
  const names: CellName[] = [
    ["grant", account, grant],
    ["issuer", account],
  ];
  return database.snapshot(async (queries) => {
    const values = await readCellsAt(queries, await momentOf(queries, name, blockNumber), names);
    return {
      isRevoked: cellOf(values, "grant", account, grant) === true,
      epoch: cellOf(values, "issuer", account) ?? 0n,
    };
  });
}

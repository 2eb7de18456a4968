import { vouchRegistryAbi } from "../abi/vouchRegistry.ts";
import { getRegistryAddress } from "../deployments/resolve.ts";
import type { ContractError } from "../errors/base.ts";
import { VouchNotFoundError, VouchNotLiveError, VouchReleasedError } from "../errors/vouch.ts";
import { readView } from "../rpc/readView.ts";
import type { AnyClient } from "../types/client.ts";
import type { AddressParameters } from "../types/parameters.ts";
import type { Vouch } from "../types/vouch.ts";

/**
 * Why a revocation of what a pair has now can never land; undefined where it can. What ended by itself counts again, with the
 * same date, once it is extended, for as long as it is not released; but not where nothing is left of it, because points
 * anew bring a date of their own.
 */
export async function whyIrrevocable(
  client: AnyClient,
  { voucherId, subjectId, state, endPeriod, releasePeriod }: Vouch,
  { addresses }: AddressParameters,
): Promise<ContractError | undefined> {
  const pair = { voucherId, subjectId };
  if (state === "none") return new VouchNotFoundError(pair);
  if (state === "revoked" || state === "disowned") return new VouchNotLiveError({ ...pair, state });
  if (state !== "ended" && state !== "burned") return undefined;
  const current = await readView(client, {
    address: getRegistryAddress(client, "vouchRegistry", addresses),
    abi: vouchRegistryAbi,
    functionName: "currentPeriod",
  });
  if (state === "burned") return current > endPeriod ? new VouchNotLiveError({ ...pair, state }) : undefined;
  return current > releasePeriod ? new VouchReleasedError({ ...pair, releasePeriod }) : undefined;
}

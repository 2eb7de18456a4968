import { vouchRegistryAbi } from "../../abi/vouchRegistry.ts";
import { idOf } from "../../check/arguments.ts";
import { toStanding } from "../../codecs/answers.ts";
import { getRegistryAddress } from "../../deployments/resolve.ts";
import type { CommonErrorType } from "../../errors/common.ts";
import { at } from "../../rpc/at.ts";
import { readView } from "../../rpc/readView.ts";
import type { AnyClient } from "../../types/client.ts";
import type { ReadParameters } from "../../types/parameters.ts";
import type { Standing } from "../../types/vouch.ts";

/** Parameters of `getStanding`. */
export type GetStandingParameters = ReadParameters & {
  /** The identity. */
  id: number;
};

/** Result of `getStanding`. */
export type GetStandingReturnType = Standing;

/** What `getStanding` throws. */
export type GetStandingErrorType = CommonErrorType;

/**
 * Reads the points of an identity: what its tenure earned, what is staked, what was burned, what is free.
 *
 * @param client - Client.
 * @param parameters - {@link GetStandingParameters}
 * @returns The points; zeros for an unknown identity.
 *
 * @example
 * const { free } = await getStanding(client, { id: 7 });
 */
export async function getStanding(
  client: AnyClient,
  parameters: GetStandingParameters,
): Promise<GetStandingReturnType> {
  const call = {
    address: getRegistryAddress(client, "vouchRegistry", parameters.addresses),
    abi: vouchRegistryAbi,
    functionName: "standingOf",
    args: [idOf(parameters.id)],
  } as const;
  const [standing, staked, burned, free, scars] = await readView(client, { ...call, ...at(parameters) });
  return toStanding({ standing, staked, burned, free, scars });
}

import { vouchRegistryAbi } from "../../abi/vouchRegistry.ts";
import { idOf } from "../../check/arguments.ts";
import { getRegistryAddress } from "../../deployments/resolve.ts";
import type { CommonErrorType } from "../../errors/common.ts";
import { at } from "../../rpc/at.ts";
import { readView } from "../../rpc/readView.ts";
import type { AnyClient } from "../../types/client.ts";
import type { ReadParameters } from "../../types/parameters.ts";
import type { Support } from "../../types/vouch.ts";

/** Parameters of `getSupport`. */
export type GetSupportParameters = ReadParameters & {
  /** The identity. */
  id: number;
};

/** Result of `getSupport`. */
export type GetSupportReturnType = Support;

/** What `getSupport` throws. */
export type GetSupportErrorType = CommonErrorType;

/**
 * Reads what is staked for and against an identity, exact now.
 *
 * @param client - Client.
 * @param parameters - {@link GetSupportParameters}
 * @returns Points for and against it; zeros for an unknown identity.
 *
 * @example
 * const { support, opposition } = await getSupport(client, { id: 7 });
 */
export async function getSupport(client: AnyClient, parameters: GetSupportParameters): Promise<GetSupportReturnType> {
  const call = {
    address: getRegistryAddress(client, "vouchRegistry", parameters.addresses),
    abi: vouchRegistryAbi,
    functionName: "supportOf",
    args: [idOf(parameters.id)],
  } as const;
  const [support, opposition] = await readView(client, { ...call, ...at(parameters) });
  return { support: Number(support), opposition: Number(opposition) };
}

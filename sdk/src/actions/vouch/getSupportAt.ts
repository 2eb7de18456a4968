import { vouchRegistryAbi } from "../../abi/vouchRegistry.ts";
import { idOf, periodOf } from "../../check/arguments.ts";
import { getRegistryAddress } from "../../deployments/resolve.ts";
import type { CommonErrorType } from "../../errors/common.ts";
import type { PeriodPassedError } from "../../errors/vouch.ts";
import { at } from "../../rpc/at.ts";
import { readView } from "../../rpc/readView.ts";
import type { AnyClient } from "../../types/client.ts";
import type { ReadParameters } from "../../types/parameters.ts";
import type { Support } from "../../types/vouch.ts";

/** Parameters of `getSupportAt`. */
export type GetSupportAtParameters = ReadParameters & {
  /** The identity. */
  id: number;
  /** The period: the current one or a later one; see `periodAt`. */
  period: number;
};

/** Result of `getSupportAt`. */
export type GetSupportAtReturnType = Support;

/** What `getSupportAt` throws. */
export type GetSupportAtErrorType = CommonErrorType | PeriodPassedError;

/**
 * Reads what will still be staked for and against an identity in a period, if nobody does anything until then.
 *
 * @param client - Client.
 * @param parameters - {@link GetSupportAtParameters}
 * @returns Points for and against it; zeros for an unknown identity.
 * @throws {PeriodPassedError} The period has passed; read an earlier block instead, with `blockNumber`.
 *
 * @example
 * const { support } = await getSupportAt(client, { id: 7, period: periodAt(expiry, clock) });
 */
export async function getSupportAt(
  client: AnyClient,
  parameters: GetSupportAtParameters,
): Promise<GetSupportAtReturnType> {
  const call = {
    address: getRegistryAddress(client, "vouchRegistry", parameters.addresses),
    abi: vouchRegistryAbi,
    functionName: "supportAt",
    args: [idOf(parameters.id), periodOf(parameters.period)],
  } as const;
  const [support, opposition] = await readView(client, { ...call, ...at(parameters) });
  return { support: Number(support), opposition: Number(opposition) };
}

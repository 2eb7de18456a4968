import { vouchRegistryAbi } from "../../abi/vouchRegistry.ts";
import { getRegistryAddress } from "../../deployments/resolve.ts";
import { toVouch } from "../../internal/decode.ts";
import { at } from "../../internal/read.ts";
import { readView } from "../../internal/readView.ts";
import type { AnyClient, ReadParameters } from "../../internal/types.ts";
import { idOf } from "../../internal/validate.ts";
import type { Vouch } from "../../types/vouch.ts";

/** Parameters of `getVouch`. */
export type GetVouchParameters = ReadParameters & {
  /** Who staked. */
  voucherId: number;
  /** For or against whom. */
  subjectId: number;
};

/** Result of `getVouch`. */
export type GetVouchReturnType = Vouch;

/**
 * Reads the vouch or warning of a pair.
 *
 * It does not show a refusal: where the subject disowned what is locked, a vouch is refused until that is released, also
 * where a warning was made over it since. The edges in events do (`isRefused`); `vouch.simulate` says whether one can be made.
 *
 * @param client - Client.
 * @param parameters - {@link GetVouchParameters}
 * @returns The vouch, with state `none` where the pair has none.
 *
 * @example
 * const { state, stake } = await getVouch(client, { voucherId: 7, subjectId: 9 });
 */
export async function getVouch(client: AnyClient, parameters: GetVouchParameters): Promise<GetVouchReturnType> {
  const { voucherId, subjectId, addresses } = parameters;
  const call = {
    address: getRegistryAddress(client, "vouchRegistry", addresses),
    abi: vouchRegistryAbi,
    functionName: "vouchOf",
    args: [idOf(voucherId, "voucherId"), idOf(subjectId, "subjectId")],
  } as const;
  return toVouch(await readView(client, { ...call, ...at(parameters) }));
}

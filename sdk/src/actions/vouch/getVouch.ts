import type { CommonErrorType } from "../../errors/common.ts";
import { readVouch } from "../../facts/readVouch.ts";
import type { AnyClient } from "../../types/client.ts";
import type { ReadParameters } from "../../types/parameters.ts";
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

/** What `getVouch` throws. */
export type GetVouchErrorType = CommonErrorType;

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
  return readVouch(client, parameters);
}

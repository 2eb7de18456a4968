import type { CommonErrorType } from "../../errors/common.ts";
import { walkVouches } from "../../facts/walkVouches.ts";
import type { AnyClient } from "../../types/client.ts";
import type { ReadParameters } from "../../types/parameters.ts";
import type { Vouch } from "../../types/vouch.ts";

/** Parameters of `getVouchesBy`. */
export type GetVouchesByParameters = ReadParameters & {
  /** The identity that staked. */
  id: number;
  /** How many to read at most; all where left out. */
  limit?: number | undefined;
  /** How many to read in one call; 100 where left out. */
  pageSize?: number | undefined;
};

/** Result of `getVouchesBy`. */
export type GetVouchesByReturnType = AsyncGenerator<Vouch, void, undefined>;

/** What `getVouchesBy` throws. */
export type GetVouchesByErrorType = CommonErrorType;

/**
 * Walks every vouch and warning that an identity ever made, newest pair first, page by page as they are asked for.
 *
 * @param client - Client.
 * @param parameters - {@link GetVouchesByParameters}
 * @returns The vouches and warnings, those that ended included; see their `state`.
 *
 * @example
 * for await (const vouch of getVouchesBy(client, { id: 7, limit: 20 })) console.log(vouch.subjectId, vouch.stake);
 */
export function getVouchesBy(client: AnyClient, parameters: GetVouchesByParameters): GetVouchesByReturnType {
  return walkVouches(client, "vouchesBy", parameters);
}

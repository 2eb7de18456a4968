import type { CommonErrorType } from "../../errors/common.ts";
import { walkVouches } from "../../facts/walkVouches.ts";
import type { AnyClient } from "../../types/client.ts";
import type { ReadParameters } from "../../types/parameters.ts";
import type { Vouch } from "../../types/vouch.ts";

/** Parameters of `getVouchers`. */
export type GetVouchersParameters = ReadParameters & {
  /** The identity on which they staked. */
  id: number;
  /** How many to read at most; all where left out. */
  limit?: number | undefined;
  /** How many to read in one call; 100 where left out. */
  pageSize?: number | undefined;
};

/** Result of `getVouchers`. */
export type GetVouchersReturnType = AsyncGenerator<Vouch, void, undefined>;

/** What `getVouchers` throws. */
export type GetVouchersErrorType = CommonErrorType;

/**
 * Walks everyone who ever staked for or against an identity, newest pair first, page by page as they are asked for.
 *
 * @param client - Client.
 * @param parameters - {@link GetVouchersParameters}
 * @returns The vouches and warnings, those that ended included; see their `state`.
 *
 * @example
 * for await (const vouch of getVouchers(client, { id: 7, limit: 20 })) console.log(vouch.voucherId, vouch.stake);
 */
export function getVouchers(client: AnyClient, parameters: GetVouchersParameters): GetVouchersReturnType {
  return walkVouches(client, "vouchersOf", parameters);
}

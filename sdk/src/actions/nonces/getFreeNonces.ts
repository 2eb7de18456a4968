import type { Address } from "viem";
import { limitOf } from "../../check/arguments.ts";
import { InvalidLimitError } from "../../errors/arguments.ts";
import type { CommonErrorType } from "../../errors/common.ts";
import { freeNonces } from "../../facts/nonces.ts";
import type { AnyClient } from "../../types/client.ts";
import type { ReadParameters } from "../../types/parameters.ts";
import type { NonceRegistry } from "../../types/registry.ts";

/** Parameters of `getFreeNonces`. */
export type GetFreeNoncesParameters = ReadParameters & {
  /** The registry that will take the signatures. */
  registry: NonceRegistry;
  /** Who will sign. */
  owner: Address;
  /** How many; 1 where left out. */
  count?: number | undefined;
};

/** Result of `getFreeNonces`: smallest first. */
export type GetFreeNoncesReturnType = number[];

/** What `getFreeNonces` throws. */
export type GetFreeNoncesErrorType = CommonErrorType;

/**
 * Finds nonces that are free, for signing many at once: a signature takes one as its `signatureNonce`, and by itself the
 * lowest that is free. Two that are signed with the same nonce are alternatives: once one is used, the other is void. The
 * lowest are the cheapest, because 256 nonces share a word of storage. Check-ins and the consents of a next key or of a
 * wallet have no nonce.
 *
 * @param client - Client.
 * @param parameters - {@link GetFreeNoncesParameters}
 * @returns The lowest that are free.
 *
 * @example
 * const nonces = await getFreeNonces(client, { registry: "vouchRegistry", owner: address, count: 2 });
 * const offers = await Promise.all(
 *   nonces.map((signatureNonce, index) =>
 *     signVouch(voucher, { voucherId: 7, subjectId: 8 + index, stake: 30, periods: 2, signatureNonce }),
 *   ),
 * );
 */
export async function getFreeNonces(
  client: AnyClient,
  parameters: GetFreeNoncesParameters,
): Promise<GetFreeNoncesReturnType> {
  const { count = 1 } = parameters;
  if (limitOf(count, "count") === Number.POSITIVE_INFINITY)
    throw new InvalidLimitError({ limit: count, argument: "count" });
  return freeNonces(client, { ...parameters, count });
}

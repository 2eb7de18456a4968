import type { Address } from "viem";
import type { CommonErrorType } from "../../errors/common.ts";
import { readKey } from "../../facts/readKey.ts";
import type { AnyClient } from "../../types/client.ts";
import type { ResolvedKey } from "../../types/identity.ts";
import type { ReadParameters } from "../../types/parameters.ts";

/** Parameters of `resolveKey`. */
export type ResolveKeyParameters = ReadParameters & {
  /** The address. */
  address: Address;
};

/** Result of `resolveKey`. */
export type ResolveKeyReturnType = ResolvedKey;

/** What `resolveKey` throws. */
export type ResolveKeyErrorType = CommonErrorType;

/**
 * Finds the identity that an address belongs to, or once belonged to.
 *
 * @param client - Client.
 * @param parameters - {@link ResolveKeyParameters}
 * @returns The identity and what the address is to it. A `former` key speaks for nobody.
 *
 * @example
 * const { id, role } = await resolveKey(client, { address });
 */
export async function resolveKey(client: AnyClient, parameters: ResolveKeyParameters): Promise<ResolveKeyReturnType> {
  return readKey(client, parameters);
}

import type { CommonErrorType } from "../../errors/common.ts";
import { readIdentity } from "../../facts/readIdentity.ts";
import type { AnyClient } from "../../types/client.ts";
import type { Identity } from "../../types/identity.ts";
import type { ReadParameters } from "../../types/parameters.ts";

/** Parameters of `getIdentity`. */
export type GetIdentityParameters = ReadParameters & {
  /** The identity. */
  id: number;
};

/** Result of `getIdentity`. */
export type GetIdentityReturnType = Identity;

/** What `getIdentity` throws. */
export type GetIdentityErrorType = CommonErrorType;

/**
 * Reads everything that the registry knows of one identity.
 *
 * @param client - Client.
 * @param parameters - {@link GetIdentityParameters}
 * @returns The identity; an unknown one has status `unknown`.
 *
 * @example
 * const { status, firstSeen, tenure } = await getIdentity(client, { id: 7 });
 */
export async function getIdentity(
  client: AnyClient,
  parameters: GetIdentityParameters,
): Promise<GetIdentityReturnType> {
  return readIdentity(client, parameters);
}

import { identityRegistryAbi } from "../../abi/identityRegistry.ts";
import { getRegistryAddress } from "../../deployments/resolve.ts";
import { toIdentity } from "../../internal/decode.ts";
import { at } from "../../internal/read.ts";
import { readView } from "../../internal/readView.ts";
import type { AnyClient, ReadParameters } from "../../internal/types.ts";
import { idOf } from "../../internal/validate.ts";
import type { Identity } from "../../types/identity.ts";

/** Parameters of `getIdentity`. */
export type GetIdentityParameters = ReadParameters & {
  /** The identity. */
  id: number;
};

/** Result of `getIdentity`. */
export type GetIdentityReturnType = Identity;

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
  const { id, addresses } = parameters;
  const call = {
    address: getRegistryAddress(client, "identityRegistry", addresses),
    abi: identityRegistryAbi,
    functionName: "identityOf",
    args: [idOf(id)],
  } as const;
  return toIdentity(await readView(client, { ...call, ...at(parameters) }), id);
}

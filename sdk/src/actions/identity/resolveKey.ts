import type { Address } from "viem";
import { identityRegistryAbi } from "../../abi/identityRegistry.ts";
import { getRegistryAddress } from "../../deployments/resolve.ts";
import { toResolvedKey } from "../../internal/decode.ts";
import { at } from "../../internal/read.ts";
import { readView } from "../../internal/readView.ts";
import type { AnyClient, ReadParameters } from "../../internal/types.ts";
import { addressOf } from "../../internal/validate.ts";
import type { ResolvedKey } from "../../types/identity.ts";

/** Parameters of `resolveKey`. */
export type ResolveKeyParameters = ReadParameters & {
  /** The address. */
  address: Address;
};

/** Result of `resolveKey`. */
export type ResolveKeyReturnType = ResolvedKey;

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
  const call = {
    address: getRegistryAddress(client, "identityRegistry", parameters.addresses),
    abi: identityRegistryAbi,
    functionName: "resolve",
    args: [addressOf(parameters.address)],
  } as const;
  return toResolvedKey(await readView(client, { ...call, ...at(parameters) }));
}

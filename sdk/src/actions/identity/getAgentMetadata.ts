import type { Hex } from "viem";
import { identityRegistryAbi } from "../../abi/identityRegistry.ts";
import { idOf, textOf } from "../../check/arguments.ts";
import { getRegistryAddress } from "../../deployments/resolve.ts";
import type { CommonErrorType } from "../../errors/common.ts";
import type { UnknownIdentityError } from "../../errors/vouch.ts";
import { at } from "../../rpc/at.ts";
import { readView } from "../../rpc/readView.ts";
import type { AnyClient } from "../../types/client.ts";
import type { ReadParameters } from "../../types/parameters.ts";

/** Parameters of `getAgentMetadata`. */
export type GetAgentMetadataParameters = ReadParameters & {
  /** The identity. */
  id: number;
  /** The key. */
  key: string;
};

/** Result of `getAgentMetadata`: the bytes, `0x` where nothing was written. */
export type GetAgentMetadataReturnType = Hex;

/** What `getAgentMetadata` throws. */
export type GetAgentMetadataErrorType = CommonErrorType | UnknownIdentityError;

/**
 * Reads one key of on-chain metadata.
 *
 * @param client - Client.
 * @param parameters - {@link GetAgentMetadataParameters}
 * @returns The value as it was written; `0x` where the key was never written. `agentWallet` answers the wallet's address.
 * @throws {UnknownIdentityError} It does not exist.
 *
 * @example
 * const value = await getAgentMetadata(client, { id: 7, key: "model" });
 * hexToString(value); // what `stringToHex` made of it
 */
export async function getAgentMetadata(
  client: AnyClient,
  parameters: GetAgentMetadataParameters,
): Promise<GetAgentMetadataReturnType> {
  const call = {
    address: getRegistryAddress(client, "identityRegistry", parameters.addresses),
    abi: identityRegistryAbi,
    functionName: "getMetadata",
    args: [idOf(parameters.id), textOf(parameters.key, "key")],
  } as const;
  return readView(client, { ...call, ...at(parameters) });
}

import type { Address } from "viem";
import { agentLinksAbi } from "../../abi/agentLinks.ts";
import { addressOf, uint256Of } from "../../check/arguments.ts";
import { getRegistryAddress } from "../../deployments/resolve.ts";
import type { DeploymentNotFoundError } from "../../errors/arguments.ts";
import type { CommonErrorType } from "../../errors/common.ts";
import { at } from "../../rpc/at.ts";
import { readView } from "../../rpc/readView.ts";
import type { AnyClient } from "../../types/client.ts";
import type { ReadParameters } from "../../types/parameters.ts";

/** Parameters of `getLinkedIdentity`. */
export type GetLinkedIdentityParameters = ReadParameters & {
  /** The token contract. */
  agentRegistry: Address;
  /** The token. */
  agentId: number | bigint;
};

/** Result of `getLinkedIdentity`: undefined where the token has no link, or a broken one. */
export type GetLinkedIdentityReturnType = number | undefined;

/** What `getLinkedIdentity` throws. */
export type GetLinkedIdentityErrorType = CommonErrorType | DeploymentNotFoundError;

/**
 * Finds the identity that operates a token.
 *
 * @param client - Client.
 * @param parameters - {@link GetLinkedIdentityParameters}
 * @returns The identity; undefined where the token has no link, or a broken one.
 * @throws {DeploymentNotFoundError} No `AgentLinks` is known on this chain.
 *
 * @example
 * const id = await getLinkedIdentity(client, { agentRegistry, agentId: 22 });
 */
export async function getLinkedIdentity(
  client: AnyClient,
  parameters: GetLinkedIdentityParameters,
): Promise<GetLinkedIdentityReturnType> {
  const { agentRegistry, agentId, addresses } = parameters;
  const call = {
    address: getRegistryAddress(client, "agentLinks", addresses),
    abi: agentLinksAbi,
    functionName: "linkedIdentity",
    args: [addressOf(agentRegistry), uint256Of(agentId, "agentId")],
  } as const;
  return Number(await readView(client, { ...call, ...at(parameters) })) || undefined;
}

import type { Address } from "viem";
import { agentLinksAbi } from "../../abi/agentLinks.ts";
import { addressOf, uint256Of } from "../../check/arguments.ts";
import { toAgentLink } from "../../codecs/answers.ts";
import { getRegistryAddress } from "../../deployments/resolve.ts";
import type { DeploymentNotFoundError } from "../../errors/arguments.ts";
import type { CommonErrorType } from "../../errors/common.ts";
import { at } from "../../rpc/at.ts";
import { readView } from "../../rpc/readView.ts";
import type { AnyClient } from "../../types/client.ts";
import type { AgentLink } from "../../types/link.ts";
import type { ReadParameters } from "../../types/parameters.ts";

/** Parameters of `getLink`. */
export type GetLinkParameters = ReadParameters & {
  /** The token contract. */
  agentRegistry: Address;
  /** The token. */
  agentId: number | bigint;
};

/** Result of `getLink`: undefined where the token has no link. */
export type GetLinkReturnType = AgentLink | undefined;

/** What `getLink` throws. */
export type GetLinkErrorType = CommonErrorType | DeploymentNotFoundError;

/**
 * Reads the link of a token: which identity says that it operates it, and whether that is true now.
 *
 * @param client - Client.
 * @param parameters - {@link GetLinkParameters}
 * @returns The link, broken or not; undefined where there is none.
 * @throws {DeploymentNotFoundError} No `AgentLinks` is known on this chain.
 *
 * @example
 * const link = await getLink(client, { agentRegistry, agentId: 22 });
 * if (link?.isLinked) console.log(link.id);
 */
export async function getLink(client: AnyClient, parameters: GetLinkParameters): Promise<GetLinkReturnType> {
  const { agentRegistry, agentId, addresses } = parameters;
  const call = {
    address: getRegistryAddress(client, "agentLinks", addresses),
    abi: agentLinksAbi,
    functionName: "linkOf",
    args: [addressOf(agentRegistry), uint256Of(agentId, "agentId")],
  } as const;
  const link = toAgentLink(await readView(client, { ...call, ...at(parameters) }));
  return link.id === 0 ? undefined : link;
}

import { getBlockNumber, readContract } from "viem/actions";
import { agentLinksAbi } from "../../abi/agentLinks.ts";
import { idOf, limitOf } from "../../check/arguments.ts";
import { toAgentLink } from "../../codecs/answers.ts";
import { getRegistryAddress } from "../../deployments/resolve.ts";
import type { DeploymentNotFoundError } from "../../errors/arguments.ts";
import type { CommonErrorType } from "../../errors/common.ts";
import { explain } from "../../rpc/explain.ts";
import { pagesOf } from "../../rpc/pages.ts";
import type { AnyClient } from "../../types/client.ts";
import type { AgentLink } from "../../types/link.ts";
import type { ReadParameters } from "../../types/parameters.ts";

/** Parameters of `getLinks`. */
export type GetLinksParameters = ReadParameters & {
  /** The identity. */
  id: number;
  /** How many to read at most; all where left out. */
  limit?: number | undefined;
  /** How many to ask for at once; 20 where left out, because token contracts may be slow. */
  pageSize?: number | undefined;
};

/** Result of `getLinks`. */
export type GetLinksReturnType = AsyncGenerator<AgentLink, void, undefined>;

/** What `getLinks` throws. */
export type GetLinksErrorType = CommonErrorType | DeploymentNotFoundError;

/**
 * Walks the agents that an identity says it operates, with whether that is true now. All are read at one block.
 *
 * @param client - Client.
 * @param parameters - {@link GetLinksParameters}
 * @returns The links, broken ones too.
 * @throws {DeploymentNotFoundError} No `AgentLinks` is known on this chain.
 *
 * @example
 * for await (const { agentRegistry, agentId, isLinked } of getLinks(client, { id: 7 })) {
 *   console.log(agentRegistry, agentId, isLinked);
 * }
 */
export function getLinks(client: AnyClient, parameters: GetLinksParameters): GetLinksReturnType {
  const { limit = Number.POSITIVE_INFINITY, pageSize = 20, addresses } = parameters;
  limitOf(limit, "limit");
  limitOf(pageSize, "pageSize");
  const id = idOf(parameters.id);
  const address = getRegistryAddress(client, "agentLinks", addresses);

  async function* walk(): AsyncGenerator<AgentLink, void, undefined> {
    // The last link takes the place of one that goes: pages of different blocks could miss it.
    const blockNumber = parameters.blockNumber ?? (await explain(client, getBlockNumber(client, { cacheTime: 0 })));
    const call = { address, abi: agentLinksAbi, functionName: "linksOf", blockNumber } as const;
    yield* pagesOf(client, { limit, pageSize }, async (patient, cursor, size) => {
      const [page, next] = await readContract(patient, { ...call, args: [id, cursor, BigInt(size)] });
      return { page: page.map(toAgentLink), next };
    });
  }
  return walk();
}

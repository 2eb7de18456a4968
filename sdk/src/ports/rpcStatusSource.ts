import { getDelegationStatuses } from "../actions/delegation/getDelegationStatuses.ts";
import { NoClientForChainError } from "../errors/delegation.ts";
import { chainIdOf } from "../rpc/chainId.ts";
import type { AnyClient } from "../types/client.ts";
import type { DelegationQuestion, DelegationStatus, DelegationStatusSource } from "../types/delegation.ts";

/** Parameters of `rpcStatusSource`. */
export type RpcStatusSourceParameters = {
  /** The hash that the registries' code must have; `delegationRegistryCodeHash` where left out. */
  codeHash?: `0x${string}` | undefined;
};

/**
 * Asks registries what became of grants, over RPC, for whoever checks requests that are signed by grants: the `status` of
 * `@tenure/http-auth`. A chain of grants is one request and one block, and what is not the registry is not believed.
 *
 * @param clients - A client for each chain.
 * @param parameters - {@link RpcStatusSourceParameters}
 * @returns The source. It throws what `getDelegationStatuses` throws, and `NoClientForChainError`.
 *
 * @example
 * const status = rpcStatusSource([client]);
 * const registry = getRegistryAddress(client, "delegationRegistry");
 * const [found] = await status.statuses([{ chainId: client.chain.id, registry, account: address, handle }]);
 * found?.isRevoked; // false
 */
export function rpcStatusSource(
  clients: readonly AnyClient[],
  { codeHash }: RpcStatusSourceParameters = {},
): DelegationStatusSource {
  async function clientOf(chainId: number): Promise<AnyClient> {
    const ids = await Promise.all(clients.map(chainIdOf));
    const client = clients[ids.indexOf(chainId)];
    if (client === undefined) throw new NoClientForChainError({ chainId, known: ids });
    return client;
  }
  async function ask(places: readonly Place[]): Promise<Answered[]> {
    const { chainId, registry } = (places[0] as Place).question;
    const { statuses } = await getDelegationStatuses(await clientOf(chainId), {
      grants: places.map(({ question: { account: issuer, handle } }) => ({ issuer, handle })),
      addresses: { delegationRegistry: registry },
      codeHash,
    });
    return places.map(({ index }, at) => ({ index, status: statuses[at] as DelegationStatus }));
  }
  return {
    statuses: async (questions) => {
      const byRegistry = new Map<string, Place[]>();
      for (const [index, question] of questions.entries()) {
        const key = `${question.chainId} ${question.registry.toLowerCase()}`;
        byRegistry.set(key, [...(byRegistry.get(key) ?? []), { index, question }]);
      }
      const answered = (await Promise.all([...byRegistry.values()].map(ask))).flat();
      return answered.sort((one, other) => one.index - other.index).map(({ status }) => status);
    },
  };
}

/** A question, and where its answer belongs. */
type Place = { index: number; question: DelegationQuestion };
type Answered = { index: number; status: DelegationStatus };

import type { AnyClient, BlockReference, Reader } from "@tenure/sdk";
import type { Address, Hex } from "viem";
import type { Database } from "../../database/index.ts";
import type { ChainName } from "../store/chainRow.ts";
import { type AtBlock, sqlFacts } from "./sqlFacts.ts";

/** Says whether an account delegates to code (EIP-7702) at a block. No log tells, so that the index cannot. */
export type AskDelegation = (owner: Address, block: BlockReference) => Promise<boolean>;

/** The code of an account that delegates: these three bytes and an address. */
const DESIGNATOR = /^0xef0100[0-9a-f]{40}$/i;

/** Asks a node for the account's code at that very block. What it does not answer is an error, and no guess. */
export function askNode(client: AnyClient): AskDelegation {
  return async (owner, { hash }) => {
    const params = [owner, { blockHash: hash }];
    const code = (await client.request({ method: "eth_getCode", params } as never)) as Hex;
    return DESIGNATOR.test(code);
  };
}

/**
 * The SDK's port `Reader` over SQL. Its answers are those of `rpcReader` at the same block, of the newest blocks that the index
 * remembers.
 *
 * @param name Which registries.
 * @param isDelegated Who says what no log tells; `askNode` of a client.
 *
 * @example
 * const reader = sqlReader(database, { chainId: 1, ...addresses }, askNode(client));
 * const { status } = await reader.profile({ id: 7 });
 */
export function sqlReader(database: Database, name: ChainName, isDelegated: AskDelegation): Reader {
  const facts = sqlFacts(database, name);
  const complete = async <known extends { owner: Address | undefined } & AtBlock>({ block, ...known }: known) => ({
    ...known,
    isDelegated: known.owner === undefined ? false : await isDelegated(known.owner, block),
  });
  return {
    ...facts,
    identity: async (parameters) => complete(await facts.identity(parameters)),
    profile: async (parameters) => complete(await facts.profile(parameters)),
  };
}

import { readContract } from "viem/actions";
import { vouchRegistryAbi } from "../../abi/vouchRegistry.ts";
import { getRegistryAddress } from "../../deployments/resolve.ts";
import { toVouch } from "../../internal/decode.ts";
import { explain } from "../../internal/explain.ts";
import { at } from "../../internal/read.ts";
import type { AnyClient, ReadParameters } from "../../internal/types.ts";
import { idOf, limitOf } from "../../internal/validate.ts";
import type { Vouch } from "../../types/vouch.ts";

/** Parameters of `getVouchers`. */
export type GetVouchersParameters = ReadParameters & {
  /** The identity on which they staked. */
  id: number;
  /** How many to read at most; all where left out. */
  limit?: number | undefined;
  /** How many to read in one call; 100 where left out. */
  pageSize?: number | undefined;
};

/** Result of `getVouchers`. */
export type GetVouchersReturnType = AsyncGenerator<Vouch, void, undefined>;

/**
 * Walks everyone who ever staked for or against an identity, newest pair first, page by page as they are asked for.
 *
 * @param client - Client.
 * @param parameters - {@link GetVouchersParameters}
 * @returns The vouches and warnings, those that ended included; see their `state`.
 *
 * @example
 * for await (const vouch of getVouchers(client, { id: 7, limit: 20 })) console.log(vouch.voucherId, vouch.stake);
 */
export function getVouchers(client: AnyClient, parameters: GetVouchersParameters): GetVouchersReturnType {
  const { id, limit = Number.POSITIVE_INFINITY, pageSize = 100, addresses } = parameters;
  limitOf(limit, "limit");
  limitOf(pageSize, "pageSize");
  const call = {
    address: getRegistryAddress(client, "vouchRegistry", addresses),
    abi: vouchRegistryAbi,
    functionName: "vouchersOf",
    ...at(parameters),
  } as const;
  return walk(client, call, idOf(id), limit, pageSize);
}

/** A generator of its own, so that wrong parameters are refused at the call and not at the first step. */
async function* walk(
  client: AnyClient,
  call: { address: `0x${string}`; abi: typeof vouchRegistryAbi; functionName: "vouchersOf"; blockNumber?: bigint },
  id: bigint,
  limit: number,
  pageSize: number,
): GetVouchersReturnType {
  let left = limit;
  let cursor = 0n;
  do {
    const size = BigInt(Math.min(left, pageSize));
    const [page, next] = await explain(readContract(client, { ...call, args: [id, cursor, size] }));
    yield* page.map(toVouch);
    left -= page.length;
    cursor = next;
  } while (cursor !== 0n && left > 0);
}

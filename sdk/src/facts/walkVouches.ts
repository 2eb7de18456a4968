import { readContract } from "viem/actions";
import { vouchRegistryAbi } from "../abi/vouchRegistry.ts";
import { idOf, limitOf } from "../check/arguments.ts";
import { toVouch } from "../codecs/answers.ts";
import { getRegistryAddress } from "../deployments/resolve.ts";
import { at } from "../rpc/at.ts";
import { pagesOf } from "../rpc/pages.ts";
import type { AnyClient } from "../types/client.ts";
import type { ReadParameters } from "../types/parameters.ts";
import type { Vouch } from "../types/vouch.ts";

/** How far and in what steps to walk a list of vouches. */
export type WalkParameters = ReadParameters & {
  id: number;
  limit?: number | undefined;
  pageSize?: number | undefined;
};

/** A generator, page by page; what is wrong with the parameters is said at the call and not at the first step. */
export function walkVouches(
  client: AnyClient,
  list: "vouchersOf" | "vouchesBy",
  parameters: WalkParameters,
): AsyncGenerator<Vouch, void, undefined> {
  const { limit = Number.POSITIVE_INFINITY, pageSize = 100, addresses } = parameters;
  limitOf(limit, "limit");
  limitOf(pageSize, "pageSize");
  const id = idOf(parameters.id);
  const call = {
    address: getRegistryAddress(client, "vouchRegistry", addresses),
    abi: vouchRegistryAbi,
    functionName: list,
    ...at(parameters),
  } as const;

  return pagesOf(client, { limit, pageSize }, async (patient, cursor, size) => {
    const [page, next] = await readContract(patient, { ...call, args: [id, cursor, BigInt(size)] });
    return { page: page.map(toVouch), next };
  });
}

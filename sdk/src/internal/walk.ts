import { readContract } from "viem/actions";
import { vouchRegistryAbi } from "../abi/vouchRegistry.ts";
import { getRegistryAddress } from "../deployments/resolve.ts";
import type { Vouch } from "../types/vouch.ts";
import { toVouch } from "./decode.ts";
import { explain } from "./explain.ts";
import { at } from "./read.ts";
import type { AnyClient, ReadParameters } from "./types.ts";
import { idOf, limitOf } from "./validate.ts";

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

  async function* walk() {
    let left = limit;
    let cursor = 0n;
    do {
      const size = BigInt(Math.min(left, pageSize));
      const [page, next] = await explain(client, readContract(client, { ...call, args: [id, cursor, size] }));
      yield* page.map(toVouch);
      left -= page.length;
      cursor = next;
    } while (cursor !== 0n && left > 0);
  }
  return walk();
}

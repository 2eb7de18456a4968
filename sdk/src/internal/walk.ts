import { readContract } from "viem/actions";
import { vouchRegistryAbi } from "../abi/vouchRegistry.ts";
import { getRegistryAddress } from "../deployments/resolve.ts";
import { isTenureError } from "../errors/base.ts";
import type { Vouch } from "../types/vouch.ts";
import { attempt } from "./attempt.ts";
import { toVouch } from "./decode.ts";
import { explain, explained } from "./explain.ts";
import { Pace } from "./pace.ts";
import { at } from "./read.ts";
import type { AnyClient, ReadParameters } from "./types.ts";
import { ungathered } from "./ungathered.ts";
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

  return pagesOf(client, { limit, pageSize }, async (patient, cursor, size) => {
    const [page, next] = await readContract(patient, { ...call, args: [id, cursor, BigInt(size)] });
    return { page: page.map(toVouch), next };
  });
}

/** Reads a list page by page, in pages as large as the node accepts. */
export async function* pagesOf<item>(
  client: AnyClient,
  { limit, pageSize }: { limit: number; pageSize: number },
  read: (client: AnyClient, cursor: bigint, size: number) => Promise<{ page: readonly item[]; next: bigint }>,
): AsyncGenerator<item, void, undefined> {
  // Pages come one after the other: there is nothing to gather in a Multicall3, which may not be there.
  const plain = ungathered(client);
  const pace = new Pace(pageSize);
  let left = limit;
  let cursor = 0n;
  do {
    const size = Math.min(left, pace.size);
    const found = await explain(
      client,
      attempt(plain, size, (patient) => read(patient, cursor, size)),
    );
    if ("error" in found) {
      const reason = await explained(client, found.error);
      if (isFinal(reason) || !pace.refuse(size)) throw reason;
      continue;
    }
    const { page, next } = found.answer;
    pace.accept(size);
    yield* page;
    left -= page.length;
    cursor = next;
    if (cursor === 0n) return;
  } while (left > 0);
}

/** What a smaller page would not change: a contract's own answer, unless it is that the gas does not last; or none. */
function isFinal(error: unknown): boolean {
  const mayHelp = ["NodeRefusedError", "NodeUnreachableError", "InsufficientGasError"];
  return isTenureError(error) && !mayHelp.includes(error.name);
}

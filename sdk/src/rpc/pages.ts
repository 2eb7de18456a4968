// Lists that a contract answers page by page.
import { isTenureError } from "../errors/base.ts";
import type { AnyClient } from "../types/client.ts";
import { attempt } from "./attempt.ts";
import { explain, explained } from "./explain.ts";
import { Pace } from "./pace.ts";
import { ungathered } from "./ungathered.ts";

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
  const mayHelp = ["NodeRefusedError", "NodeFailedError", "NodeUnreachableError", "InsufficientGasError"];
  return isTenureError(error) && !mayHelp.includes(error.name);
}

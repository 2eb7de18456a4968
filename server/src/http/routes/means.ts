import { z } from "zod";
import type { Directory } from "../../types/directory.ts";
import type { OnError } from "../../web/index.ts";
import { writeCursor } from "../cursor.ts";
import type { HttpLimits } from "../limits.ts";
import { addressSchema, numeral } from "../schemas/index.ts";

/** What every route needs. */
export interface Means {
  readonly directories: readonly Directory[];
  readonly limits: HttpLimits;
  readonly onError: OnError | undefined;
}

/** An identity in a path. */
export const identityParams = z.object({
  identity: z.string().max(256).describe("42, 1:42, 1:0x…:42, or CAIP-19: the number, the chain and the registry."),
});

/** Which registry, where several are served. */
export const registryQuery = z.strictObject({
  chain: numeral(1, Number.MAX_SAFE_INTEGER).optional(),
  registry: addressSchema.optional(),
});

const cursor = z.string().max(1_024).optional().describe("`next` of the page before.");

/** Which part of a list. */
export function pageQuery({ maxPageSize, pageSize }: HttpLimits) {
  return z.strictObject({ cursor, limit: numeral(1, maxPageSize).default(pageSize) });
}

/** A page: what was asked for is one more than fits, so that whoever is told of more finds more. */
export function pageFrom<Entry>(
  found: readonly Entry[],
  limit: number,
  cursorOf: (last: Entry) => readonly [list: string, ...place: number[]],
): { items: readonly Entry[]; next?: string } {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  if (found.length <= limit || last === undefined) return { items };
  const [list, ...place] = cursorOf(last);
  return { items, next: writeCursor(list, place) };
}

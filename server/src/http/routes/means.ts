import type { Context } from "hono";
import { z } from "zod";
import type { Directory, DirectoryPage, PageQuestion } from "../../types/directory.ts";
import type { OnError } from "../../web/index.ts";
import { readCursor, writeCursor } from "../cursor.ts";
import type { HttpLimits } from "../limits.ts";
import { presentMoment } from "../present.ts";
import { addressSchema, type momentSchema, numeral } from "../schemas/index.ts";

/** What every route needs. */
export interface Means {
  readonly directories: readonly Directory[];
  readonly limits: HttpLimits;
  readonly senderOf: ((context: Context) => string) | undefined;
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

/** Which part of a list is asked for, in the words of a directory. */
export function partOf(list: string, { cursor, limit }: { cursor?: string | undefined; limit: number }): PageQuestion {
  return { limit, cursor: cursor === undefined ? undefined : readCursor(list, cursor) };
}

/** A page as it is answered. Its block may be older than the newest one, as all pages of a list may be of one block. */
export async function presentPage<Entry, Item>(
  list: string,
  directory: Directory,
  read: () => Promise<DirectoryPage<Entry>>,
  present: (entry: Entry) => Item | undefined,
): Promise<{ at: z.output<typeof momentSchema>; items: Item[]; next?: string }> {
  const { items, next, block } = await read();
  const newest = await directory.freshness();
  const age = newest.age + Math.max(0, newest.block.timestamp - block.timestamp);
  const at = presentMoment({ ...newest, block, age }, directory);
  const presented = items.map(present).filter((item) => item !== undefined);
  return next === undefined ? { at, items: presented } : { at, items: presented, next: writeCursor(list, next) };
}

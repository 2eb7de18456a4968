import type { Address } from "viem";
import type { Database, Queries } from "../../database/index.ts";
import { type Directory, type DirectoryPage, InvalidCursorError, type PageQuestion } from "../../types/directory.ts";
import type { ChainName, Cursor } from "../store/chainRow.ts";
import { BlockForgottenError, IndexNotReadyError, InvalidListCursorError } from "./errors.ts";
import { type FreshnessLimits, readFreshness } from "./freshness.ts";
import { listIdentities } from "./listIdentities.ts";
import { type Moment, momentOf, requireWhole } from "./moment.ts";
import { readEdges } from "./readEdges.ts";
import { readHistory } from "./readEvents.ts";
import { sqlFeed } from "./sqlFeed.ts";
import { type AskDelegation, sqlReader } from "./sqlReader.ts";

/** What a directory is made of. */
export interface SqlDirectoryParameters {
  readonly database: Database;
  /** Which registries. */
  readonly name: ChainName;
  /** Who says what no log tells; `askNode` of a client. */
  readonly isDelegated: AskDelegation;
  /** What is new enough to decide by. */
  readonly limits: FreshnessLimits;
  /** Trust from some anchors; where left out, nobody can ask for it. */
  readonly trust?: Directory["trust"];
  /** Unix milliseconds. */
  readonly now?: (() => number) | undefined;
}

/**
 * All that programs may ask about the identities of a registry, out of the index. Lists are of the block at which they began; a
 * history is of the newest one, as what was told of older blocks stays where it is.
 */
export function sqlDirectory({ database, name, isDelegated, limits, trust, now }: SqlDirectoryParameters): Directory {
  const { chainId } = name;
  const blockOf = ({ number, hash, timestamp }: Cursor) => ({ chainId, number, hash, timestamp });
  return {
    chainId,
    registry: name.identityRegistry as Address,
    reader: sqlReader(database, name, isDelegated),
    feed: sqlFeed(database, name),
    trust,
    async freshness() {
      const fresh = await readFreshness(database, name, limits, now?.());
      const { number, hash, timestamp, age, lag, isReady, problem } = fresh;
      if (number === undefined || hash === undefined || timestamp === undefined || age === undefined) {
        throw new IndexNotReadyError(chainId, problem ?? "nothing of it was read.");
      }
      return { block: { chainId, number, hash, timestamp }, age, lag: lag ?? age, isFresh: isReady };
    },
    async list(question) {
      const { items, next, block } = await gone(listIdentities(database, name, question));
      return { items, next, block: blockOf(block) };
    },
    vouches: ({ direction, id, ...part }) =>
      gone(
        database.snapshot(async (queries) => {
          const { moment, place } = await momentOfPart(queries, name, part);
          const side = direction === "received" ? "subject" : "voucher";
          const { page, next } = await readEdges(queries, moment, side, id, place, part.limit);
          const { number, hash } = moment.block;
          const cursor = next === undefined ? undefined : `${number}-${hash}-${next}`;
          return { items: page, next: cursor, block: blockOf(moment.block) };
        }),
      ),
    history: ({ id, cursor, limit }) =>
      database.snapshot(async (queries) => {
        const { chain, nextSeq, cursor: newest } = await requireWhole(queries, name);
        const after = cursor === undefined ? { number: 0n, logIndex: -1 } : placeOf(cursor);
        const asOf = nextSeq - 1;
        const found = await readHistory(queries, { chain, id, after, asOf, limit: limit + 1 });
        const items = found.slice(0, limit);
        const last = items.at(-1);
        const next = found.length > limit && last ? `${last.blockNumber}-${last.logIndex}` : undefined;
        return { items, next, block: blockOf(newest) } satisfies DirectoryPage<(typeof items)[number]>;
      }),
  };
}

/** The block at which a list began, and where to go on in it. */
async function momentOfPart(
  queries: Queries,
  name: ChainName,
  { cursor }: PageQuestion,
): Promise<{ moment: Moment; place: number | undefined }> {
  if (cursor === undefined) return { moment: await momentOf(queries, name, undefined), place: undefined };
  const [, number, hash, place] = /^(\d{1,15})-(0x[0-9a-f]{64})-(\d{1,15})$/.exec(cursor) ?? [];
  if (number === undefined) throw new InvalidCursorError("It was not given by this list.");
  const moment = await momentOf(queries, name, BigInt(number));
  if (moment.block.hash !== hash) throw new InvalidCursorError(`A reorganisation took back block ${number}.`);
  return { moment, place: Number(place) };
}

function placeOf(cursor: string): { number: bigint; logIndex: number } {
  const [, number, logIndex] = /^(\d{1,15})-(\d{1,9})$/.exec(cursor) ?? [];
  if (number === undefined) throw new InvalidCursorError("It was not given by this list.");
  return { number: BigInt(number), logIndex: Number(logIndex) };
}

/** A list that cannot be gone on with is one whatever the reason. */
async function gone<Found>(found: Promise<Found>): Promise<Found> {
  try {
    return await found;
  } catch (error) {
    const isGone = error instanceof InvalidListCursorError || error instanceof BlockForgottenError;
    throw isGone ? new InvalidCursorError(error.message) : error;
  }
}

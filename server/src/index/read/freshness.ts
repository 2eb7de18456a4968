import type { Hex } from "viem";
import type { Queries } from "../../database/index.ts";
import { type ChainName, readChainRow } from "../store/chainRow.ts";

/** How new what the index answers is. */
export interface Freshness {
  readonly chainId: number;
  /** The newest block that answers can be of; undefined before the first. */
  readonly number: bigint | undefined;
  readonly hash: Hex | undefined;
  /** Its time, unix seconds. */
  readonly timestamp: number | undefined;
  /** Seconds since that time; a chain that makes blocks on demand has old ones. */
  readonly age: number | undefined;
  /** Seconds since the index was last known to be at the node's head. */
  readonly lag: number | undefined;
  /** The head that the node named last. */
  readonly head: bigint | undefined;
  /** Whether answers may be relied on: the lag, and where `maxAge` is given the age, are within their limits. */
  readonly isReady: boolean;
  /** Why it is not ready, or what keeps the index from going on. */
  readonly problem: string | undefined;
}

/** What is new enough. */
export interface FreshnessLimits {
  /** Seconds. */
  readonly maxLag: number;
  /** Seconds; of a chain that makes blocks by the clock, so that a node that stands still is noticed. */
  readonly maxAge?: number | undefined;
}

/**
 * Says how new the index is. It throws only what the database does: a chain of which nothing is known is one that is not ready.
 *
 * @param now Unix milliseconds.
 */
export async function readFreshness(
  queries: Queries,
  name: ChainName,
  { maxLag, maxAge }: FreshnessLimits,
  now: number = Date.now(),
): Promise<Freshness> {
  const row = await readChainRow(queries, name);
  const cursor = row?.cursor;
  // A clock that was set back makes nothing newer.
  const since = (moment: number) => Math.max(0, Math.floor((now - moment) / 1000));
  const age = cursor && since(cursor.timestamp * 1000);
  const lag = row?.seenAt ? since(row.seenAt) : undefined;
  const reasons = [
    row === undefined && "Nothing of this chain was read.",
    row?.rebuild !== undefined && `The index is to be made anew. ${row.rebuild}`,
    row !== undefined && !row.isWhole && "The chain was not read up to its head yet.",
    lag !== undefined && lag > maxLag && `The index was last at the node's head ${lag} s ago; ${maxLag} s are allowed.`,
    age !== undefined &&
      maxAge !== undefined &&
      age > maxAge &&
      `The newest block is ${age} s old; ${maxAge} s are allowed.`,
    row?.seenAt !== undefined &&
      row.seenAt > now + 60_000 &&
      "The clock of this server, or of the one that indexes, is wrong.",
  ].filter((reason) => reason !== false);
  const isReady = reasons.length === 0 && lag !== undefined;
  const problem = [...reasons, row?.problem].filter((text) => text !== undefined).join(" ");
  return {
    chainId: name.chainId,
    number: cursor?.number,
    hash: cursor?.hash,
    timestamp: cursor?.timestamp,
    age,
    lag,
    head: row?.head,
    isReady,
    problem: problem === "" ? undefined : problem,
  };
}

import { blockOf, idOf, limitOf } from "../../check/arguments.ts";
import type { CommonErrorType } from "../../errors/common.ts";
import { faultOf } from "../../errors/fault.ts";
import { type BlockNotReachedError, HistoryPrunedError, type LogsNotIndexedError } from "../../errors/network.ts";
import { eventsOf } from "../../sync/events.ts";
import { filtersOf } from "../../sync/filters.ts";
import { readHeadBeyond, readHeader, requireHeader } from "../../sync/header.ts";
import { REACH } from "../../sync/recent.ts";
import { scan } from "../../sync/scan.ts";
import { Stride } from "../../sync/stride.ts";
import { untilThere } from "../../sync/untilThere.ts";
import type { AnyClient } from "../../types/client.ts";
import type { TenureEvent } from "../../types/event.ts";
import type { AddressParameters } from "../../types/parameters.ts";
import { getIdentity } from "../identity/getIdentity.ts";

/** Parameters of `getHistory`. */
export type GetHistoryParameters = AddressParameters & {
  /** The identity. */
  id: number;
  /** First block to look at; where left out, the one in which the identity was registered is looked for. */
  fromBlock?: bigint | undefined;
  /** Last block to look at; the head of the chain where left out. */
  toBlock?: bigint | undefined;
  /** How many blocks to ask the node for at once; 10,000 where left out. Fewer where it refuses. */
  chunkSize?: number | undefined;
};

/** Result of `getHistory`: the oldest first. */
export type GetHistoryReturnType = TenureEvent[];

/** What `getHistory` throws. */
export type GetHistoryErrorType = CommonErrorType | BlockNotReachedError | HistoryPrunedError | LogsNotIndexedError;

/**
 * Reads every dated event of an identity from both registries: what it did, what was done to it, and the vouches and
 * warnings that it made or received.
 *
 * @param client - Client.
 * @param parameters - {@link GetHistoryParameters}
 * @returns The events, decoded, oldest first; none for an unknown identity. Of the newest blocks, which not every node behind
 * an address may have, each is held against its header, so that nothing of them is missing; for those that are more than 64
 * blocks old, the node's word is taken.
 * @throws {BlockNotReachedError} `toBlock` is newer than the node's newest block.
 * @throws {HistoryPrunedError} The node does not keep the blocks any more.
 * @throws {LogsNotIndexedError} The node has a block, and not yet what happened in it.
 *
 * @example
 * for (const event of await getHistory(client, { id: 7 })) console.log(event.timestamp, event.eventName);
 */
export async function getHistory(client: AnyClient, parameters: GetHistoryParameters): Promise<GetHistoryReturnType> {
  const { id, addresses, fromBlock, toBlock, chunkSize = 10_000 } = parameters;
  idOf(id);
  for (const block of [fromBlock, toBlock]) if (block !== undefined) blockOf(block);
  const stride = new Stride(limitOf(chunkSize, "chunkSize"));
  const filters = filtersOf(client, { id, addresses });
  const head = await readHeadBeyond(client, toBlock ?? 0n);
  const to = toBlock ?? head.number;
  const from = fromBlock ?? (await firstBlock(client, parameters, to));
  const history: TenureEvent[] = [];
  for await (const { logs, times } of scan(client, filters, { from, to, head, stride })) {
    for (const event of await eventsOf(client, logs, times)) history.push(event);
  }
  const isWhole = fromBlock !== undefined || from > to || history[0]?.eventName === "Registered";
  if (!isWhole) throw new HistoryPrunedError({ id, blockNumber: from });
  return history;
}

/** The block in which an identity was registered, found by its time; one after the last where there is no such. */
async function firstBlock(client: AnyClient, { id, addresses }: GetHistoryParameters, last: bigint): Promise<bigint> {
  const { firstSeen } = await getIdentity(client, { id, addresses });
  if (firstSeen === 0) return last + 1n;
  let [low, high] = [0n, last + 1n];
  /** The newest block that was not there. */
  let missing: bigint | undefined;
  for (;;) {
    while (low < high) {
      const middle = (low + high) / 2n;
      const timestamp = await timeOf(client, middle, last);
      if (timestamp === undefined) missing = middle;
      if (timestamp === undefined || timestamp < firstSeen) low = middle + 1n;
      else high = middle;
    }
    if (missing === undefined) return low;
    // What a node does not keep it does not keep at the next look either: it may have been another one that answered.
    const kept = missing;
    missing = undefined;
    const timestamp = await untilThere(client, () => timeOf(client, kept, last));
    if (timestamp === undefined || timestamp < firstSeen) return low;
    [low, high] = [0n, kept];
  }
}

/** A block's time (unix seconds); undefined where the node does not keep it any more. */
async function timeOf(client: AnyClient, number: bigint, last: bigint): Promise<number | undefined> {
  // A new block that is not there is one that another node has.
  if (last - number < REACH) return (await requireHeader(client, number)).timestamp;
  try {
    return (await readHeader(client, number))?.timestamp;
  } catch (error) {
    if (faultOf(error) === "pruned") return undefined;
    throw error;
  }
}

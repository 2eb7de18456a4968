import { blockOf, limitOf } from "../../check/arguments.ts";
import type { CommonErrorType } from "../../errors/common.ts";
import type { BlockNotReachedError, HistoryPrunedError, LogsNotIndexedError } from "../../errors/network.ts";
import { eventsOf } from "../../sync/events.ts";
import { filtersOf } from "../../sync/filters.ts";
import { readHeadBeyond } from "../../sync/header.ts";
import { scan } from "../../sync/scan.ts";
import { Stride } from "../../sync/stride.ts";
import type { AnyClient } from "../../types/client.ts";
import type { TenureEvent } from "../../types/event.ts";
import type { AddressParameters } from "../../types/parameters.ts";

/** Parameters of `scanEvents`. */
export type ScanEventsParameters = AddressParameters & {
  /** First block to look at. */
  fromBlock: bigint;
  /** Last block to look at; the head of the chain where left out. */
  toBlock?: bigint | undefined;
  /** How many blocks to ask the node for at once; 10,000 where left out. Fewer where it refuses. */
  chunkSize?: number | undefined;
};

/** What happened in a range of blocks. */
export type ScannedRange = {
  /** Its first block. */
  fromBlock: bigint;
  /** Its last block. */
  toBlock: bigint;
  /** The events, decoded and dated, oldest first. */
  events: TenureEvent[];
};

/** Result of `scanEvents`: ranges that follow each other without a gap. */
export type ScanEventsReturnType = AsyncGenerator<ScannedRange, void, undefined>;

/** What `scanEvents` throws. */
export type ScanEventsErrorType = CommonErrorType | BlockNotReachedError | HistoryPrunedError | LogsNotIndexedError;

/**
 * Reads every event of the registries, of all identities, range by range: what an index reads before it follows the head. A
 * range tells where it ends though nothing happened in it, so that whoever keeps what was read knows how far that goes.
 *
 * @param client - Client.
 * @param parameters - {@link ScanEventsParameters}
 * @returns The ranges, as large as the node answers at once. Of the newest blocks, which not every node behind an address may
 * have, each is held against its header, so that nothing of them is missing; for those that are more than 64 blocks old, the
 * node's word is taken.
 * @throws {BlockNotReachedError} `toBlock` is newer than the node's newest block.
 * @throws {HistoryPrunedError} The node does not keep the blocks any more.
 * @throws {LogsNotIndexedError} The node has a block, and not yet what happened in it.
 *
 * @example
 * for await (const { toBlock, events } of scanEvents(client, { fromBlock: 0n })) console.log(toBlock, events.length);
 */
export async function* scanEvents(client: AnyClient, parameters: ScanEventsParameters): ScanEventsReturnType {
  const { fromBlock, toBlock, addresses, chunkSize = 10_000 } = parameters;
  for (const block of [fromBlock, toBlock]) if (block !== undefined) blockOf(block);
  const stride = new Stride(limitOf(chunkSize, "chunkSize"));
  const filters = filtersOf(client, { addresses });
  const head = await readHeadBeyond(client, toBlock ?? 0n);
  let from = fromBlock;
  for await (const { logs, times, next } of scan(client, filters, { from, to: toBlock ?? head.number, head, stride })) {
    yield { fromBlock: from, toBlock: next - 1n, events: await eventsOf(client, logs, times) };
    from = next;
  }
}

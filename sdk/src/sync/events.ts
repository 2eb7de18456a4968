import type { Hex } from "viem";
import { checksummed } from "../codecs/checksums.ts";
import { decodeEvent } from "../codecs/event.ts";
import { BlockNotReachedError } from "../errors/network.ts";
import type { AnyClient } from "../types/client.ts";
import type { TenureEvent } from "../types/event.ts";
import { readHead, readHeader } from "./header.ts";
import type { RawLog } from "./logs.ts";
import { untilThere } from "./untilThere.ts";

/**
 * What logs say. A block's time is in the log, or in a header that was read; a header is asked for where it is in neither.
 *
 * @param times - Times of blocks that are known, by their hashes; what is asked for is added.
 */
export async function eventsOf(
  client: AnyClient,
  logs: readonly RawLog[],
  times = new Map<Hex, number>(),
): Promise<TenureEvent[]> {
  const events: TenureEvent[] = [];
  for (const log of logs) {
    const content = decodeEvent(log);
    if (content === undefined) continue;
    const { blockHash, blockNumber, transactionHash, logIndex } = log;
    let timestamp = log.timestamp ?? times.get(blockHash);
    if (timestamp === undefined) {
      timestamp = await timeOf(client, log);
      times.set(blockHash, timestamp);
    }
    const registry = checksummed(log.address.slice(2));
    // Put into the content, which is new and nobody else's: a copy of each costs as much as to decode it.
    events.push(Object.assign(content, { registry, blockNumber, blockHash, transactionHash, logIndex, timestamp }));
  }
  return events;
}

async function timeOf(client: AnyClient, { blockHash, blockNumber }: RawLog): Promise<number> {
  // The node that gave the log has the block; one that lags behind may answer this time.
  const header = await untilThere(client, () => readHeader(client, blockHash));
  if (header !== undefined) return header.timestamp;
  throw new BlockNotReachedError({ blockNumber, head: (await readHead(client)).number });
}

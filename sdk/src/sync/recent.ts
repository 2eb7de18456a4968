// What happened in the newest blocks. An empty answer is no proof that nothing did: one of the nodes behind an address may
// lag behind the others, or have a block and not yet its logs. A block's header tells of every log in it.
import type { Hex } from "viem";
import { LogsNotIndexedError } from "../errors/network.ts";
import type { Attempt } from "../rpc/attempt.ts";
import type { AnyClient } from "../types/client.ts";
import { mayHold } from "./bloom.ts";
import { type LogFilter, matches } from "./filters.ts";
import type { Header } from "./header.ts";
import { type RawLog, readParts } from "./logs.ts";
import { untilThere } from "./untilThere.ts";
import { readWholeBlock } from "./wholeBlock.ts";

/** How many blocks from the head on are looked at one by one, however fast they come. */
export const REACH = 64;

/**
 * Reads the logs of blocks that follow each other, and proves for each that nothing is missing.
 *
 * @param headers - The blocks, oldest first.
 * @returns The logs; an error where that was too much for the node at once.
 * @throws {LogsNotIndexedError} A block's logs are not there yet.
 */
export async function readRecent(
  client: AnyClient,
  filters: readonly LogFilter[],
  headers: readonly Header[],
): Promise<Attempt<RawLog[]>> {
  const [first, last] = [headers[0], headers.at(-1)];
  if (first === undefined || last === undefined) return { answer: [] };
  // By its hash a block is this very one, on whatever chain it is.
  const range = first === last ? { blockHash: first.hash } : { fromBlock: first.number, toBlock: last.number };
  const found = await readParts(client, filters, range);
  if ("error" in found) return found;
  // Each part is an answer of its own, and another node may have given it.
  const { filters: parts } = found.answer;
  const blocks = byBlock(found.answer.logs);
  // A chain that keeps no blooms may fill the field with zeros.
  const isKept = headers.every(
    ({ hash, logsBloom }) => !blocks.has(hash) || filters.some((filter) => mayHold(logsBloom, filter)),
  );
  const logs: RawLog[] = [];
  for (const header of headers) {
    const there = blocks.get(header.hash) ?? [];
    const isProven = parts.every((part) => isAccounted(header, part, there, isKept));
    for (const log of isProven ? there : await proven(client, filters, header, isKept)) logs.push(log);
  }
  return { answer: logs };
}

function byBlock(logs: readonly RawLog[]): Map<Hex, RawLog[]> {
  const blocks = new Map<Hex, RawLog[]>();
  for (const log of logs) {
    const block = blocks.get(log.blockHash);
    if (block === undefined) blocks.set(log.blockHash, [log]);
    else block.push(log);
  }
  return blocks;
}

/** Whether a filter has found something in a block, or there is nothing that it could find. */
function isAccounted(header: Header, filter: LogFilter, there: readonly RawLog[], isKept: boolean): boolean {
  if (header.transactions?.length === 0 || there.some((log) => matches(filter, log))) return true;
  return isKept && mayHold(header.logsBloom, filter) === false;
}

/** The logs of one block, from all that are in it, as soon as those are all. */
async function proven(
  client: AnyClient,
  filters: readonly LogFilter[],
  header: Header,
  isKept: boolean,
): Promise<RawLog[]> {
  const found = await untilThere(client, async () => {
    const own = await readParts(client, filters, { blockHash: header.hash });
    const { logs, filters: parts } = "error" in own ? { logs: [], filters } : own.answer;
    if (parts.every((part) => isAccounted(header, part, logs, isKept))) return logs;
    const all = await readWholeBlock(client, header, isKept);
    return all?.filter((log) => filters.some((filter) => matches(filter, log)));
  });
  if (found === undefined) throw new LogsNotIndexedError({ blockNumber: header.number });
  return found;
}

/** The times of blocks, by their hashes. */
export function timesOf(headers: readonly Header[]): Map<Hex, number> {
  return new Map(headers.map(({ hash, timestamp }) => [hash, timestamp]));
}

// Logs of the registries, as a node gives them.
import { type Hex, isHex, numberToHex } from "viem";
import { faultOf } from "../errors/fault.ts";
import { HistoryPrunedError, NodeFailedError } from "../errors/network.ts";
import { type Attempt, attempt } from "../rpc/attempt.ts";
import { explain, explained } from "../rpc/explain.ts";
import type { AnyClient } from "../types/client.ts";
import { type LogFilter, matches, split } from "./filters.ts";
import { sizeOf } from "./stride.ts";

/** Blocks, by their numbers or by one hash. */
export type BlockRange = { fromBlock: bigint; toBlock: bigint } | { blockHash: Hex };

/** A log of a block that is mined. */
export type RawLog = {
  address: Hex;
  topics: readonly Hex[];
  data: Hex;
  blockNumber: bigint;
  blockHash: Hex;
  transactionHash: Hex;
  logIndex: number;
  /** Unix seconds; undefined where the node does not say. */
  timestamp: number | undefined;
};

/** Logs, in order, and what they were asked for with: parts of filters where one answer does not hold a block. */
type Found = { logs: RawLog[]; filters: readonly LogFilter[] };

/**
 * Reads the logs of a range, in order, each once; an error where it is too large for the node. The range is one request a
 * filter, or more where a single block holds more than an answer may. That nothing is found proves nothing: see `recent.ts`.
 */
export async function readLogs(
  client: AnyClient,
  filters: readonly LogFilter[],
  range: BlockRange,
): Promise<Attempt<RawLog[]>> {
  const found = await readParts(client, filters, range);
  return "error" in found ? found : { answer: found.answer.logs };
}

/** The same, and the parts that the filters were split into. */
export async function readParts(
  client: AnyClient,
  filters: readonly LogFilter[],
  range: BlockRange,
): Promise<Attempt<Found>> {
  const found = await ask(client, filters, range);
  if (!("error" in found)) return { answer: { logs: inOrder(found.answer), filters } };
  const isOne = "blockHash" in range || range.fromBlock === range.toBlock;
  const parts = isOne && faultOf(found.error) === "large" ? split(filters) : undefined;
  if (parts === undefined) return found;
  const all: { logs: RawLog[]; filters: LogFilter[] } = { logs: [], filters: [] };
  // One after the other: each answer may be as large as one can be.
  for (const part of parts) {
    const read = await readParts(client, [part], range);
    if ("error" in read) return read;
    for (const log of read.answer.logs) all.logs.push(log);
    all.filters.push(...read.answer.filters);
  }
  return { answer: { ...all, logs: inOrder(all.logs) } };
}

async function ask(client: AnyClient, filters: readonly LogFilter[], range: BlockRange): Promise<Attempt<RawLog[]>> {
  const isByHash = "blockHash" in range;
  const where = isByHash ? range : { fromBlock: numberToHex(range.fromBlock), toBlock: numberToHex(range.toBlock) };
  const asked = explain(
    client,
    attempt(client, isByHash ? 1 : sizeOf(range.fromBlock, range.toBlock), ({ request }) =>
      Promise.all(filters.map((filter) => request({ method: "eth_getLogs", params: [{ ...filter, ...where }] }))),
    ),
  );
  const found = await asked.catch((error: Error) => {
    if (isByHash || faultOf(error) !== "pruned") throw error;
    throw new HistoryPrunedError({ blockNumber: range.fromBlock }, { cause: error });
  });
  if ("error" in found) return { error: await explained(client, found.error) };
  const isAsked = (log: RawLog) =>
    isByHash
      ? log.blockHash === range.blockHash
      : log.blockNumber >= range.fromBlock && log.blockNumber <= range.toBlock;
  const logs: RawLog[] = [];
  for (const [index, answer] of found.answer.entries()) {
    for (const entry of listOf(answer)) {
      const log = minedLog(entry);
      if (log !== undefined && isAsked(log) && matches(filters[index] as LogFilter, log)) logs.push(log);
    }
  }
  return { answer: logs };
}

/** Some nodes say null for none. */
export function listOf(answer: unknown): readonly unknown[] {
  if (answer === null || answer === undefined) return [];
  if (Array.isArray(answer)) return answer;
  throw new NodeFailedError({ url: undefined, reason: `eth_getLogs gave ${typeof answer}, and not a list` });
}

/** Undefined for a log that is pending, or taken back, or is none. */
export function minedLog(entry: unknown): RawLog | undefined {
  const log = (entry ?? {}) as Record<string, unknown>;
  const { address, topics, data, blockNumber, blockHash, transactionHash, logIndex } = log;
  if (log.removed === true || !Array.isArray(topics) || !topics.every(isNumber) || !isHex(data)) return undefined;
  if (!isNumber(address) || !isNumber(blockNumber) || !isNumber(blockHash)) return undefined;
  if (!isNumber(transactionHash) || !isNumber(logIndex)) return undefined;
  return {
    // With or without a checksum, or in capitals.
    address: address.toLowerCase() as Hex,
    topics,
    data,
    blockNumber: BigInt(blockNumber),
    blockHash,
    transactionHash,
    logIndex: Number(logIndex),
    timestamp: timestampOf(log.blockTimestamp),
  };
}

function isNumber(value: unknown): value is Hex {
  return isHex(value) && value.length > 2;
}

/** Newer nodes put the block's time into the log; others say zero, or nothing. */
function timestampOf(time: unknown): number | undefined {
  return isNumber(time) && Number(time) > 0 ? Number(time) : undefined;
}

/** Each log once, in the order of the chain: the filters of one identity overlap, for a vouch is about two. */
function inOrder(logs: readonly RawLog[]): RawLog[] {
  // As a node gives those of one filter.
  if (logs.every((log, index) => index === 0 || compare(logs[index - 1] as RawLog, log) < 0)) return [...logs];
  const unique = new Map(logs.map((log) => [`${log.blockHash}${log.logIndex}`, log]));
  return [...unique.values()].sort(compare);
}

function compare(one: RawLog, other: RawLog): number {
  if (one.blockNumber === other.blockNumber) return one.logIndex - other.logIndex;
  return one.blockNumber < other.blockNumber ? -1 : 1;
}

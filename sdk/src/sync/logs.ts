// Logs of the registries, as a node gives them.
import { type Hex, hexToBigInt, isHex, numberToHex } from "viem";
import { faultOf } from "../errors/fault.ts";
import { HistoryPrunedError, NodeFailedError } from "../errors/network.ts";
import { type Attempt, attempt } from "../rpc/attempt.ts";
import { explain, explained } from "../rpc/explain.ts";
import type { AnyClient } from "../types/client.ts";
import { type LogFilter, matches } from "./filters.ts";
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

/**
 * Reads the logs of a range, in order, each once; an error where it is too large for the node. The range is one request a
 * filter. That nothing is found proves nothing: see `recent.ts`.
 */
export async function readLogs(
  client: AnyClient,
  filters: readonly LogFilter[],
  range: BlockRange,
): Promise<Attempt<RawLog[]>> {
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
  // The filters of one identity overlap: a vouch is about two.
  const logs = new Map<string, RawLog>();
  for (const [index, answer] of found.answer.entries()) {
    for (const entry of listOf(answer)) {
      const log = minedLog(entry);
      if (log === undefined || !isAsked(log) || !matches(filters[index] as LogFilter, log)) continue;
      logs.set(`${log.blockHash}${log.logIndex}`, log);
    }
  }
  return { answer: [...logs.values()].sort(inOrder) };
}

/** Some nodes say null for none. */
export function listOf(answer: unknown): readonly unknown[] {
  if (answer === null || answer === undefined) return [];
  if (Array.isArray(answer)) return answer;
  throw new NodeFailedError({ url: undefined, reason: `eth_getLogs gave ${typeof answer}, and not a list` });
}

const FIELDS = ["address", "blockNumber", "blockHash", "transactionHash", "logIndex"] as const;

/** Undefined for a log that is pending, or taken back, or is none. */
export function minedLog(entry: unknown): RawLog | undefined {
  const log = (entry ?? {}) as Record<string, unknown>;
  if (log.removed === true || !Array.isArray(log.topics)) return undefined;
  if (![...FIELDS.map((field) => log[field]), ...log.topics].every(isNumber) || !isHex(log.data)) return undefined;
  const { address, data, blockHash, transactionHash } = log as Record<string, Hex>;
  return {
    // With or without a checksum, or in capitals.
    address: address?.toLowerCase() as Hex,
    topics: log.topics as Hex[],
    data: data as Hex,
    blockNumber: hexToBigInt(log.blockNumber as Hex),
    blockHash: blockHash as Hex,
    transactionHash: transactionHash as Hex,
    logIndex: Number(log.logIndex),
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

function inOrder(one: RawLog, other: RawLog): number {
  return Number(one.blockNumber - other.blockNumber) || one.logIndex - other.logIndex;
}

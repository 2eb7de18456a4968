// Logs of the registries, in order, whatever ranges a node accepts.
import { type Address, formatLog, type Hex, hexToBigInt, type Log, numberToHex, type RpcLog } from "viem";
import { getBlock } from "viem/actions";
import { decodeEvent, eventSelectors } from "../codecs/event.ts";
import { getLinksAddress, getRegistryAddress } from "../deployments/resolve.ts";
import type { TenureEvent } from "../types/event.ts";
import { type Attempt, attempt } from "./attempt.ts";
import { explain, explained } from "./explain.ts";
import { Pace } from "./pace.ts";
import type { AddressParameters, AnyClient } from "./types.ts";
import { addressOf } from "./validate.ts";

/** What to ask a node for. */
export type LogFilter = { address: Address[]; topics: (Hex | Hex[] | null)[] };

/** Blocks, by their numbers or by one hash. */
export type BlockRange = { fromBlock: bigint; toBlock: bigint } | { blockHash: Hex };

/** The filters that find every event of one identity, or of all. */
export function filtersOf(client: AnyClient, { addresses, id }: AddressParameters & { id?: number | undefined }) {
  const identityRegistry = getRegistryAddress(client, "identityRegistry", addresses);
  const vouchRegistry = getRegistryAddress(client, "vouchRegistry", addresses);
  const selectors = eventSelectors();
  const { voucher, subject, token } = selectors;
  const agentLinks = getLinksAddress(client, addresses);
  const all = [identityRegistry, vouchRegistry, ...(agentLinks === undefined ? [] : [agentLinks])];
  if (id === undefined) {
    return [{ address: all, topics: [[...selectors.id, ...voucher, ...token, ...selectors.other]] }];
  }
  const topic = numberToHex(id, { size: 32 });
  return [
    { address: all, topics: [[...selectors.id, ...voucher], topic] },
    { address: [vouchRegistry], topics: [subject, null, topic] },
    { address: [identityRegistry], topics: [token, null, null, topic] },
  ];
}

/**
 * Reads the events of a range, in order; an error where it is too large for the node. The range is one request a filter.
 */
export async function readEvents(
  client: AnyClient,
  filters: readonly LogFilter[],
  range: BlockRange,
): Promise<Attempt<TenureEvent[]>> {
  const isRange = !("blockHash" in range);
  const where = isRange ? { fromBlock: numberToHex(range.fromBlock), toBlock: numberToHex(range.toBlock) } : range;
  const found = await explain(
    client,
    attempt(client, isRange ? sizeOf(range.fromBlock, range.toBlock) : 1, ({ request }) =>
      Promise.all(filters.map((filter) => request({ method: "eth_getLogs", params: [{ ...filter, ...where }] }))),
    ),
  );
  if ("error" in found) return { error: await explained(client, found.error) };
  const logs = found.answer.flat().map((log) => ({ log: formatLog(log) as MinedLog, timestamp: timestampOf(log) }));
  const times = new Map<Hex, number>();
  const events: TenureEvent[] = [];
  for (const { log, timestamp } of logs) {
    const content = decodeEvent(log);
    if (content === undefined) continue;
    const { blockHash, blockNumber, transactionHash, logIndex } = log;
    let time = timestamp ?? times.get(blockHash);
    if (time === undefined) {
      time = Number((await explain(client, getBlock(client, { blockHash }))).timestamp);
      times.set(blockHash, time);
    }
    const position = { registry: addressOf(log.address), blockNumber, blockHash, transactionHash, logIndex };
    events.push({ ...content, ...position, timestamp: time });
  }
  return { answer: events.sort((a, b) => Number(a.blockNumber - b.blockNumber) || a.logIndex - b.logIndex) };
}

type MinedLog = Log<bigint, number, false>;

/** Newer nodes put the block's time into the log. */
function timestampOf(log: RpcLog): number | undefined {
  const { blockTimestamp } = log as { blockTimestamp?: Hex | null };
  return blockTimestamp ? Number(hexToBigInt(blockTimestamp)) : undefined;
}

/** What fits into the 10 MB that viem accepts of an answer. */
const MANY_LOGS = 15_000;

/** How many blocks to ask for at once: fewer where the node refuses or answers a lot, more again after a while. */
export class Stride {
  readonly #pace: Pace;

  constructor(most: number) {
    this.#pace = new Pace(Math.min(most, Number.MAX_SAFE_INTEGER));
  }

  /** The last block to ask for. */
  end(from: bigint, last: bigint): bigint {
    const end = from + BigInt(this.#pace.size) - 1n;
    return end < last ? end : last;
  }

  accept(from: bigint, to: bigint, logs: number): void {
    const blocks = sizeOf(from, to);
    if (logs > MANY_LOGS) this.#pace.limit(Math.floor((blocks * MANY_LOGS) / logs));
    else if (logs * 2 <= MANY_LOGS) this.#pace.accept(blocks);
  }

  /** False where it cannot be smaller, so that the refusal is about something else. */
  refuse(from: bigint, to: bigint): boolean {
    return this.#pace.refuse(sizeOf(from, to));
  }
}

function sizeOf(from: bigint, to: bigint): number {
  return Number(to - from + 1n);
}

// Logs of the registries, in order, whatever ranges a node accepts.
import { type Address, formatLog, type Hex, hexToBigInt, type Log, numberToHex, type RpcLog } from "viem";
import { getBlock } from "viem/actions";
import { decodeEvent, eventSelectors } from "../codecs/event.ts";
import { getRegistryAddress } from "../deployments/resolve.ts";
import type { TenureEvent } from "../types/event.ts";
import { explain } from "./explain.ts";
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
  const both = [identityRegistry, vouchRegistry];
  if (id === undefined) {
    return [{ address: both, topics: [[...selectors.id, ...voucher, ...token, ...selectors.other]] }];
  }
  const topic = numberToHex(id, { size: 32 });
  return [
    { address: both, topics: [[...selectors.id, ...voucher], topic] },
    { address: [vouchRegistry], topics: [subject, null, topic] },
    { address: [identityRegistry], topics: [token, null, null, topic] },
  ];
}

/** Reads the events of a range, in order. The range is one request a filter; a node may find it too large. */
export async function readEvents(
  client: AnyClient,
  filters: readonly LogFilter[],
  range: BlockRange,
): Promise<TenureEvent[]> {
  const where =
    "blockHash" in range ? range : { fromBlock: numberToHex(range.fromBlock), toBlock: numberToHex(range.toBlock) };
  const found = await explain(
    client,
    Promise.all(filters.map((filter) => client.request({ method: "eth_getLogs", params: [{ ...filter, ...where }] }))),
  );
  const logs = found.flat().map((log) => ({ log: formatLog(log) as MinedLog, timestamp: timestampOf(log) }));
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
  return events.sort((a, b) => Number(a.blockNumber - b.blockNumber) || a.logIndex - b.logIndex);
}

type MinedLog = Log<bigint, number, false>;

/** Newer nodes put the block's time into the log. */
function timestampOf(log: RpcLog): number | undefined {
  const { blockTimestamp } = log as { blockTimestamp?: Hex | null };
  return blockTimestamp ? Number(hexToBigInt(blockTimestamp)) : undefined;
}

/** How many blocks to ask for at once: fewer after a refusal, more again after an answer. */
export class Stride {
  #size: bigint;
  readonly #most: bigint;

  constructor(most: number) {
    this.#most = BigInt(Math.min(most, Number.MAX_SAFE_INTEGER));
    this.#size = this.#most;
  }

  /** The last block to ask for. */
  end(from: bigint, last: bigint): bigint {
    const end = from + this.#size - 1n;
    return end < last ? end : last;
  }

  grow(): void {
    this.#size = this.#size * 2n < this.#most ? this.#size * 2n : this.#most;
  }

  /** False where it cannot shrink, so that the refusal is about something else. */
  shrink(from: bigint, to: bigint): boolean {
    if (to === from) return false;
    this.#size = (to - from + 1n) / 2n;
    return true;
  }
}

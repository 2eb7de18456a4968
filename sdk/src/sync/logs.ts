// Logs of the registries, in order, whatever ranges a node accepts.
import { type Address, formatLog, type Hex, hexToBigInt, type Log, numberToHex, type RpcLog } from "viem";
import { getBlock } from "viem/actions";
import { addressOf } from "../check/arguments.ts";
import { decodeEvent, eventSelectors } from "../codecs/event.ts";
import { getLinksAddress, getRegistryAddress } from "../deployments/resolve.ts";
import { type Attempt, attempt } from "../rpc/attempt.ts";
import { explain, explained } from "../rpc/explain.ts";
import type { AnyClient } from "../types/client.ts";
import type { TenureEvent } from "../types/event.ts";
import type { AddressParameters } from "../types/parameters.ts";
import { sizeOf } from "./stride.ts";

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

// Every dated event of an identity, from the logs of both registries.
import { decodeEdge, getIdentity, getRegistryAddress, identityRegistryAbi, vouchRegistryAbi } from "@tenure/sdk";
import { type Address, formatLog, type Hex, type Log, numberToHex, parseEventLogs, type RpcLog } from "viem";
import { getBlock, getBlockNumber } from "viem/actions";
import type { ReadClient } from "./connect.ts";

/** One event, as `--json` shows it. */
export type HistoryEvent = {
  time: number;
  event: string;
  args: Record<string, unknown>;
  blockNumber: number;
  logIndex: number;
  transactionHash: Hex;
};

/** Where a node refuses all blocks in one request, it is asked for this many. */
const WINDOW = 10_000n;

/** How many requests are under way at once. */
const PARALLEL = 8;

/** Reads them all, oldest first. */
export async function readHistory(client: ReadClient, id: number): Promise<HistoryEvent[]> {
  const topic = numberToHex(id, { size: 32 });
  const identities = getRegistryAddress(client, "identityRegistry");
  const vouches = getRegistryAddress(client, "vouchRegistry");
  const filters: Filter[] = [
    { address: identities, topics: [null, topic] },
    { address: vouches, topics: [null, topic] },
    { address: vouches, topics: [null, null, topic] },
  ];
  const last = await getBlockNumber(client);
  const logs = (await everywhere(client, filters, id, last)).map((log) => formatLog(log) as Log<bigint, number, false>);
  const events = parseEventLogs({ abi: [...identityRegistryAbi, ...vouchRegistryAbi], logs }).filter(({ args }) =>
    concerns(args as Record<string, unknown>, id),
  );
  events.sort((a, b) => Number(a.blockNumber - b.blockNumber) || a.logIndex - b.logIndex);
  const times = await readTimes(client, [...new Set(events.map(({ blockNumber }) => blockNumber))]);
  return events.map(({ eventName, args, blockNumber, logIndex, transactionHash }) => ({
    time: times.get(blockNumber) ?? 0,
    event: eventName,
    args: readable(args as Record<string, unknown>),
    blockNumber: Number(blockNumber),
    logIndex,
    transactionHash,
  }));
}

type Filter = { address: Address; topics: (Hex | null)[] };

/** All blocks in one request, where the node answers it; else from the identity's first block on, in windows. */
async function everywhere(client: ReadClient, filters: Filter[], id: number, last: bigint): Promise<RpcLog[]> {
  try {
    return (await Promise.all(filters.map((filter) => getLogs(client, filter, 0n, last)))).flat();
  } catch {
    const { firstSeen } = await getIdentity(client, { id });
    const first = await blockAt(client, firstSeen, last);
    const logs: RpcLog[] = [];
    let size = WINDOW;
    for (let from = first; from <= last; ) {
      const to = from + size - 1n < last ? from + size - 1n : last;
      try {
        logs.push(...(await Promise.all(filters.map((filter) => getLogs(client, filter, from, to)))).flat());
        from = to + 1n;
      } catch (error) {
        if (size <= 100n) throw error;
        size /= 4n;
      }
    }
    return logs;
  }
}

function getLogs(client: ReadClient, filter: Filter, from: bigint, to: bigint): Promise<RpcLog[]> {
  const range = { fromBlock: numberToHex(from), toBlock: numberToHex(to) };
  return client.request({ method: "eth_getLogs", params: [{ ...filter, ...range }] }) as Promise<RpcLog[]>;
}

/** The first block that is not before a moment. */
async function blockAt(client: ReadClient, time: number, last: bigint): Promise<bigint> {
  let low = 0n;
  let high = last;
  while (low < high) {
    const middle = (low + high) / 2n;
    const { timestamp } = await getBlock(client, { blockNumber: middle });
    if (timestamp < BigInt(time)) low = middle + 1n;
    else high = middle;
  }
  return low;
}

async function readTimes(client: ReadClient, blocks: readonly bigint[]): Promise<Map<bigint, number>> {
  const times = new Map<bigint, number>();
  for (let start = 0; start < blocks.length; start += PARALLEL) {
    const some = blocks.slice(start, start + PARALLEL);
    const found = await Promise.all(some.map((blockNumber) => getBlock(client, { blockNumber })));
    for (const { number, timestamp } of found) times.set(number, Number(timestamp));
  }
  return times;
}

/** A topic at the same place may be an address that looks like the number. */
function concerns({ agentId, voucherId, subjectId }: Record<string, unknown>, id: number): boolean {
  return [agentId, voucherId, subjectId].includes(BigInt(id));
}

/** Numbers that fit as numbers, edges unpacked, and no hash of a key that is there in full. */
function readable(args: Record<string, unknown>): Record<string, unknown> {
  const { indexedMetadataKey: _, ...shown } = args;
  return Object.fromEntries(
    Object.entries(shown).map(([name, value]) => {
      if (name === "edge") return [name, decodeEdge(value as bigint)];
      return [name, typeof value === "bigint" && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value];
    }),
  );
}

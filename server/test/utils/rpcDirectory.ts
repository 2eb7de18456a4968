import { getHistory, type Profile, type RegistryAddresses, rpcEventSource, rpcReader, type Vouch } from "@tenure/sdk";
import { loadTrustGraph, score, solve } from "@tenure/sdk/trust";
import type { Address, Chain, Client, Transport } from "viem";
import { getBlock } from "viem/actions";
import { type MemoryFeed, memoryFeed } from "../../src/http/index.ts";
import {
  type Directory,
  type DirectoryPage,
  InvalidCursorError,
  type ListQuestion,
  type PageQuestion,
} from "../../src/types/directory.ts";

/** A directory without an index: everything is asked of the node, so that it is slow, and exact. */
export interface RpcDirectory extends Directory {
  readonly feed: MemoryFeed;
}

async function all<Entry>(entries: AsyncIterable<Entry>): Promise<Entry[]> {
  const found: Entry[] = [];
  for await (const entry of entries) found.push(entry);
  return found;
}

/** A place in a list: its block, and how many entries were told. */
function placeIn(cursor: string | undefined): { blockNumber: bigint | undefined; told: number } {
  if (cursor === undefined) return { blockNumber: undefined, told: 0 };
  const [, number, told] = /^(\d+)-(\d+)$/.exec(cursor) ?? [];
  if (number === undefined || told === undefined) throw new InvalidCursorError("It is no cursor.");
  return { blockNumber: BigInt(number), told: Number(told) };
}

/** The directory of a registry that a node knows, on a chain that mines on demand. */
export function rpcDirectory(
  client: Client<Transport, Chain>,
  registry: Address,
  { fromBlock, addresses }: { fromBlock?: bigint; addresses?: RegistryAddresses } = {},
): RpcDirectory {
  const reader = rpcReader(client, { addresses });
  const chainId = client.chain.id;

  async function fits(profile: Profile, { status, minSupport, vouchedBy }: ListQuestion, blockNumber: bigint) {
    if (status !== undefined && profile.status !== status) return false;
    if (minSupport !== undefined && profile.support < minSupport) return false;
    if (vouchedBy === undefined) return true;
    const vouch = await reader.vouch({ voucherId: vouchedBy, subjectId: profile.id, blockNumber });
    return vouch.isActive && vouch.stance === "for";
  }

  /** A page of a list that is read as a whole, at the block of its first page. */
  async function pageOf<Entry>(
    { cursor, limit }: PageQuestion,
    read: (blockNumber: bigint) => Promise<readonly Entry[]>,
  ): Promise<DirectoryPage<Entry>> {
    const { blockNumber, told } = placeIn(cursor);
    const { number, hash, timestamp } = await getBlock(client, blockNumber === undefined ? {} : { blockNumber });
    const entries = await read(number);
    const end = told + limit;
    const next = end < entries.length ? `${number}-${end}` : undefined;
    return { items: entries.slice(told, end), next, block: { chainId, number, hash, timestamp: Number(timestamp) } };
  }

  return {
    chainId,
    registry,
    reader,
    feed: memoryFeed(rpcEventSource(client, { pollingInterval: 20, addresses }), { fromBlock }),
    freshness: async () => ({ block: { chainId, ...(await reader.head()) }, age: 0, lag: 0, isFresh: true }),
    list: (question) =>
      pageOf(question, async (blockNumber) => {
        const found: Profile[] = [];
        for (let id = (question.after ?? 0) + 1; ; id += 1) {
          const profile = await reader.profile({ id, blockNumber });
          if (profile.status === "unknown") return found;
          if (await fits(profile, question, blockNumber)) found.push(profile);
        }
      }),
    vouches: (question) =>
      pageOf(question, (blockNumber): Promise<Vouch[]> => {
        const parameters = { id: question.id, blockNumber };
        return all(question.direction === "received" ? reader.vouchers(parameters) : reader.vouchesBy(parameters));
      }),
    history: (question) =>
      pageOf(question, (toBlock) => getHistory(client, { id: question.id, fromBlock: 0n, toBlock, addresses })),
    trust: async ({ id, anchors, block }) => {
      const { graph } = await loadTrustGraph(client, { toBlock: block.number, addresses });
      const { trust: flow, id: _, ...rest } = score(solve(graph, { anchors: [...anchors] }), id);
      return { flow, ...rest };
    },
  };
}

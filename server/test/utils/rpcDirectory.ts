import { getHistory, type Profile, rpcEventSource, rpcReader, type TenureEvent, type Vouch } from "@tenure/sdk";
import { loadTrustGraph, score, solve } from "@tenure/sdk/trust";
import type { Address, Chain, Client, Transport } from "viem";
import { type MemoryFeed, memoryFeed } from "../../src/http/index.ts";
import type { Directory, EventPlace, ListQuestion } from "../../src/types/directory.ts";

/** A directory without an index: everything is asked of the node, so that it is slow, and exact. */
export interface RpcDirectory extends Directory {
  readonly feed: MemoryFeed;
}

async function all<Entry>(entries: AsyncIterable<Entry>): Promise<Entry[]> {
  const found: Entry[] = [];
  for await (const entry of entries) found.push(entry);
  return found;
}

const isAfter = ({ blockNumber, logIndex }: TenureEvent, place: EventPlace): boolean =>
  blockNumber > place.blockNumber || (blockNumber === place.blockNumber && logIndex > place.logIndex);

/** The directory of a registry that a node knows, on a chain that mines on demand: it is as new as the node's answer. */
export function rpcDirectory(client: Client<Transport, Chain>, registry: Address, fromBlock?: bigint): RpcDirectory {
  const reader = rpcReader(client);
  const chainId = client.chain.id;

  async function fits(profile: Profile, { status, minSupport, vouchedBy, block }: ListQuestion): Promise<boolean> {
    if (status !== undefined && profile.status !== status) return false;
    if (minSupport !== undefined && profile.support < minSupport) return false;
    if (vouchedBy === undefined) return true;
    const vouch = await reader.vouch({ voucherId: vouchedBy, subjectId: profile.id, blockNumber: block.number });
    return vouch.isActive && vouch.stance === "for";
  }

  return {
    chainId,
    registry,
    reader,
    feed: memoryFeed(rpcEventSource(client, { pollingInterval: 20 }), { fromBlock }),
    freshness: async () => ({ block: { chainId, ...(await reader.head()) }, age: 0, isFresh: true }),
    list: async (question) => {
      const found: Profile[] = [];
      for (let id = (question.after ?? 0) + 1; found.length < question.limit; id += 1) {
        const profile = await reader.profile({ id, blockNumber: question.block.number });
        if (profile.status === "unknown") break;
        if (await fits(profile, question)) found.push(profile);
      }
      return found;
    },
    vouches: async ({ direction, id, after = 0, limit, block }) => {
      const isReceived = direction === "received";
      const parameters = { id, blockNumber: block.number };
      const other = ({ voucherId, subjectId }: Vouch) => (isReceived ? voucherId : subjectId);
      const vouches = await all(isReceived ? reader.vouchers(parameters) : reader.vouchesBy(parameters));
      return vouches
        .filter((vouch) => other(vouch) > after)
        .sort((one, two) => other(one) - other(two))
        .slice(0, limit);
    },
    history: async ({ id, after, limit, block }) => {
      const events = await getHistory(client, { id, fromBlock: 0n, toBlock: block.number });
      return events.filter((event) => after === undefined || isAfter(event, after)).slice(0, limit);
    },
    trust: async ({ id, anchors, block }) => {
      const { graph } = await loadTrustGraph(client, { toBlock: block.number });
      const { trust: flow, id: _, ...rest } = score(solve(graph, { anchors: [...anchors] }), id);
      return { flow, ...rest };
    },
  };
}

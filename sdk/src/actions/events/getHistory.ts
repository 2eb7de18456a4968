import { getBlock, getBlockNumber } from "viem/actions";
import { blockOf, idOf, limitOf } from "../../check/arguments.ts";
import type { CommonErrorType } from "../../errors/common.ts";
import { explain } from "../../rpc/explain.ts";
import { filtersOf, readEvents } from "../../sync/logs.ts";
import { Stride } from "../../sync/stride.ts";
import type { AnyClient } from "../../types/client.ts";
import type { TenureEvent } from "../../types/event.ts";
import type { AddressParameters } from "../../types/parameters.ts";
import { getIdentity } from "../identity/getIdentity.ts";

/** Parameters of `getHistory`. */
export type GetHistoryParameters = AddressParameters & {
  /** The identity. */
  id: number;
  /** First block to look at; where left out, the one in which the identity was registered is looked for. */
  fromBlock?: bigint | undefined;
  /** Last block to look at; the head of the chain where left out. */
  toBlock?: bigint | undefined;
  /** How many blocks to ask the node for at once; 10,000 where left out. Fewer where it refuses. */
  chunkSize?: number | undefined;
};

/** Result of `getHistory`: the oldest first. */
export type GetHistoryReturnType = TenureEvent[];

/** What `getHistory` throws. */
export type GetHistoryErrorType = CommonErrorType;

/**
 * Reads every dated event of an identity from both registries: what it did, what was done to it, and the vouches and
 * warnings that it made or received.
 *
 * @param client - Client.
 * @param parameters - {@link GetHistoryParameters}
 * @returns The events, decoded, oldest first; none for an unknown identity.
 *
 * @example
 * for (const event of await getHistory(client, { id: 7 })) console.log(event.timestamp, event.eventName);
 */
export async function getHistory(client: AnyClient, parameters: GetHistoryParameters): Promise<GetHistoryReturnType> {
  const { id, addresses, chunkSize = 10_000 } = parameters;
  idOf(id);
  for (const block of [parameters.fromBlock, parameters.toBlock]) if (block !== undefined) blockOf(block);
  const stride = new Stride(limitOf(chunkSize, "chunkSize"));
  const filters = filtersOf(client, { id, addresses });
  const last = parameters.toBlock ?? (await explain(client, getBlockNumber(client, { cacheTime: 0 })));
  let from = parameters.fromBlock ?? (await firstBlock(client, parameters, last));
  const history: TenureEvent[] = [];
  while (from <= last) {
    const to = stride.end(from, last);
    const found = await readEvents(client, filters, { fromBlock: from, toBlock: to });
    if ("error" in found) {
      if (!stride.refuse(from, to)) throw found.error;
      continue;
    }
    for (const event of found.answer) history.push(event);
    stride.accept(from, to, found.answer.length);
    from = to + 1n;
  }
  return history;
}

/** The block in which an identity was registered, found by its time; one after the last where there is no such. */
async function firstBlock(client: AnyClient, { id, addresses }: GetHistoryParameters, last: bigint): Promise<bigint> {
  const { firstSeen } = await getIdentity(client, { id, addresses });
  if (firstSeen === 0) return last + 1n;
  let [low, high] = [0n, last + 1n];
  while (low < high) {
    const middle = (low + high) / 2n;
    const { timestamp } = await explain(client, getBlock(client, { blockNumber: middle }));
    if (timestamp < BigInt(firstSeen)) low = middle + 1n;
    else high = middle;
  }
  return low;
}

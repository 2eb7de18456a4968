import type { Hex } from "viem";
import { decodeEvent, eventSelectors } from "../../codecs/event.ts";
import { getRegistryAddress } from "../../deployments/resolve.ts";
import type { Header } from "../../sync/header.ts";
import { scan } from "../../sync/scan.ts";
import { Stride } from "../../sync/stride.ts";
import type { AnyClient } from "../../types/client.ts";
import type { AddressParameters } from "../../types/parameters.ts";
import type { EdgeRecord } from "./ledger.ts";

/** Parameters of `readEdges`. */
export type ReadEdgesParameters = AddressParameters & {
  fromBlock: bigint;
  toBlock: bigint;
  /** The newest block there is; `toBlock` is no newer. */
  head: Header;
  chunkSize: number;
};

/**
 * Reads what the registry said of every edge, oldest first, range by range. Each event carries the whole edge with its
 * date, so neither blocks nor other events are needed.
 */
export async function* readEdges(
  client: AnyClient,
  { fromBlock, toBlock, head, chunkSize, addresses }: ReadEdgesParameters,
): AsyncGenerator<{ edges: EdgeRecord[]; next: bigint }, void, undefined> {
  const filter = {
    address: [getRegistryAddress(client, "vouchRegistry", addresses)],
    topics: [eventSelectors().voucher as Hex[]],
  };
  const range = { from: fromBlock, to: toBlock, head, stride: new Stride(chunkSize) };
  for await (const { logs, next } of scan(client, [filter], range)) {
    const edges: EdgeRecord[] = [];
    for (const log of logs) {
      const event = decodeEvent(log);
      if (event !== undefined && "edge" in event) edges.push(event);
    }
    yield { edges, next };
  }
}

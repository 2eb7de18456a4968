import { type Hex, numberToHex } from "viem";
import { decodeEvent, eventSelectors } from "../../codecs/event.ts";
import { getRegistryAddress } from "../../deployments/resolve.ts";
import { attempt } from "../../rpc/attempt.ts";
import { explain, explained } from "../../rpc/explain.ts";
import { Stride } from "../../sync/stride.ts";
import type { AnyClient } from "../../types/client.ts";
import type { AddressParameters } from "../../types/parameters.ts";
import type { EdgeRecord } from "./ledger.ts";

/** Parameters of `readEdges`. */
export type ReadEdgesParameters = AddressParameters & {
  fromBlock: bigint;
  toBlock: bigint;
  chunkSize: number;
};

/**
 * Reads what the registry said of every edge, oldest first, range by range. Each event carries the whole edge with its
 * date, so neither blocks nor other events are needed.
 */
export async function* readEdges(
  client: AnyClient,
  { fromBlock, toBlock, chunkSize, addresses }: ReadEdgesParameters,
): AsyncGenerator<{ edges: EdgeRecord[]; next: bigint }, void, undefined> {
  const filter = {
    address: getRegistryAddress(client, "vouchRegistry", addresses),
    topics: [eventSelectors().voucher as Hex[]],
  };
  const stride = new Stride(chunkSize);
  for (let from = fromBlock; from <= toBlock; ) {
    const to = stride.end(from, toBlock);
    const range = { fromBlock: numberToHex(from), toBlock: numberToHex(to) };
    const found = await explain(
      client,
      attempt(client, Number(to - from) + 1, ({ request }) =>
        request({ method: "eth_getLogs", params: [{ ...filter, ...range }] }),
      ),
    );
    if ("error" in found) {
      if (!stride.refuse(from, to)) throw await explained(client, found.error);
      continue;
    }
    const edges: EdgeRecord[] = [];
    for (const log of found.answer) {
      const event = decodeEvent(log as { topics: readonly Hex[]; data: Hex });
      if (event !== undefined && "edge" in event) edges.push(event);
    }
    yield { edges, next: to + 1n };
    stride.accept(from, to, found.answer.length);
    from = to + 1n;
  }
}

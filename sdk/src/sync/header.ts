import { type Hex, hexToBigInt, numberToHex } from "viem";
import { BlockNotReachedError } from "../errors/network.ts";
import { explain } from "../rpc/explain.ts";
import { patient } from "../rpc/patient.ts";
import { onRightChain } from "../rpc/rightChain.ts";
import type { AnyClient } from "../types/client.ts";
import { untilThere } from "./untilThere.ts";

/** A block, as far as it is needed here. */
export type Header = {
  number: bigint;
  hash: Hex;
  parentHash: Hex;
  /** Unix seconds. */
  timestamp: number;
  /** As the node gave it; some chains keep none. */
  logsBloom: string;
  /** The hashes of its transactions; undefined where the node does not list them. */
  transactions: readonly Hex[] | undefined;
};

/** The head of the chain, or the block with a number or a hash; undefined where the node has none. */
export async function readHeader(client: AnyClient, which?: bigint | Hex): Promise<Header | undefined> {
  const isHash = typeof which === "string";
  const block = which === undefined ? "latest" : isHash ? which : numberToHex(which);
  const method = isHash ? "eth_getBlockByHash" : "eth_getBlockByNumber";
  const { request } = patient(client);
  const found = await explain(client, request({ method, params: [block, false] } as never) as Promise<unknown>);
  return headerOf(found);
}

/** Undefined for what is no block that is mined. */
function headerOf(found: unknown): Header | undefined {
  const { number, hash, parentHash, timestamp, logsBloom, transactions } = (found ?? {}) as Record<string, unknown>;
  if (![number, hash, parentHash, timestamp].every((value) => typeof value === "string")) return undefined;
  return {
    number: hexToBigInt(number as Hex),
    hash: hash as Hex,
    parentHash: parentHash as Hex,
    timestamp: Number(hexToBigInt(timestamp as Hex)),
    logsBloom: typeof logsBloom === "string" ? logsBloom : "",
    transactions: Array.isArray(transactions) ? transactions : undefined,
  };
}

/** A block that is known to be there: the node that answers this time may lag behind, and is asked again for a moment. */
export async function requireHeader(client: AnyClient, number: bigint): Promise<Header> {
  const header = await untilThere(client, () => readHeader(client, number));
  if (header !== undefined) return header;
  throw new BlockNotReachedError({ blockNumber: number, head: (await readHeader(client))?.number ?? 0n });
}

/** The head of the chain. */
export async function readHead(client: AnyClient): Promise<Header> {
  const head = await onRightChain(
    client,
    untilThere(client, () => readHeader(client)),
  );
  if (head !== undefined) return head;
  throw new BlockNotReachedError({ blockNumber: 0n, head: 0n });
}

/** The head of the chain, which is to be as new as a block that somebody knows of. */
export async function readHeadBeyond(client: AnyClient, number: bigint): Promise<Header> {
  let head = await readHead(client);
  const found = await untilThere(client, async () => {
    if (head.number < number) head = await readHead(client);
    return head.number < number ? undefined : head;
  });
  if (found === undefined) throw new BlockNotReachedError({ blockNumber: number, head: head.number });
  return found;
}

import type { Hex } from "viem";
import { attempt } from "../rpc/attempt.ts";
import { explain } from "../rpc/explain.ts";
import type { AnyClient } from "../types/client.ts";
import { areAll, isBloom } from "./bloom.ts";
import type { Header } from "./header.ts";
import { listOf, minedLog, type RawLog } from "./logs.ts";

/** Receipts that are asked for one by one, of a node that does not give those of a block. */
const FEW = 16;

/**
 * Reads every log of a block, whoever wrote it, and makes sure that these are all: they set each bit of its bloom, or there
 * is a receipt for each of its transactions. Some nodes want an address in each request for logs, and give receipts; some
 * chains keep no blooms.
 *
 * @param isKept - Whether the chain keeps blooms.
 * @returns The logs; undefined where nobody can say that these are all.
 */
export async function readWholeBlock(
  client: AnyClient,
  { hash, logsBloom, transactions }: Header,
  isKept: boolean,
): Promise<RawLog[] | undefined> {
  const logs = logsIn(listOf(await ask(client, "eth_getLogs", { blockHash: hash })), hash);
  if (isKept && isBloom(logsBloom) ? areAll(logs, logsBloom) : logs.length > 0) return logs;
  const receipts = await receiptsOf(client, hash, transactions);
  return (
    receipts &&
    logsIn(
      receipts.flatMap((receipt) => listOf((receipt as { logs?: unknown }).logs)),
      hash,
    )
  );
}

/** A receipt for each transaction of a block; undefined where one is missing. */
async function receiptsOf(
  client: AnyClient,
  hash: Hex,
  transactions: Header["transactions"],
): Promise<readonly unknown[] | undefined> {
  if (transactions === undefined) return undefined;
  const receipts = listOf(await ask(client, "eth_getBlockReceipts", hash)).filter((receipt) => receipt !== null);
  if (receipts.length >= transactions.length) return receipts;
  if (transactions.length > FEW) return undefined;
  const single = await Promise.all(transactions.map((sent) => ask(client, "eth_getTransactionReceipt", sent)));
  return single.every((receipt) => receipt !== null && receipt !== undefined) ? single : undefined;
}

/** What a node answers about one block; undefined where it does not. */
async function ask(client: AnyClient, method: string, parameter: unknown): Promise<unknown> {
  const found = await explain(
    client,
    attempt(client, 1, ({ request }) => request({ method, params: [parameter] } as never) as Promise<unknown>),
  );
  return "error" in found ? undefined : found.answer;
}

function logsIn(entries: readonly unknown[], hash: string): RawLog[] {
  return entries.flatMap((entry) => minedLog(entry) ?? []).filter(({ blockHash }) => blockHash === hash);
}

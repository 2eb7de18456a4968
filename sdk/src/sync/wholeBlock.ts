import type { Hex } from "viem";
import { faultOf } from "../errors/fault.ts";
import { type Attempt, attempt } from "../rpc/attempt.ts";
import { explain } from "../rpc/explain.ts";
import type { AnyClient } from "../types/client.ts";
import { areAll, isBloom } from "./bloom.ts";
import type { Header } from "./header.ts";
import { listOf, minedLog, type RawLog } from "./logs.ts";

/** Receipts that are asked for at once, each by itself. */
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
  const asked = await ask(client, "eth_getLogs", { blockHash: hash });
  const logs = logsIn(listOf("error" in asked ? [] : asked.answer), hash);
  if (isKept && isBloom(logsBloom) ? areAll(logs, logsBloom) : logs.length > 0) return logs;
  const receipts = await receiptsOf(client, hash, transactions, isTooMuch(asked));
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
  isLarge: boolean,
): Promise<readonly unknown[] | undefined> {
  if (transactions === undefined) return undefined;
  const asked = await ask(client, "eth_getBlockReceipts", hash);
  const receipts = listOf("error" in asked ? [] : asked.answer).filter((receipt) => receipt !== null);
  if (receipts.length >= transactions.length) return receipts;
  // A node that gives no receipts of blocks is asked for few, but there is no other way where a block is too much for it.
  const isAnyway = isLarge || isTooMuch(asked) || transactions.length <= FEW;
  return isAnyway ? oneByOne(client, transactions) : undefined;
}

function isTooMuch(asked: Attempt<unknown>): boolean {
  return "error" in asked && faultOf(asked.error) === "large";
}

async function oneByOne(client: AnyClient, transactions: readonly Hex[]): Promise<readonly unknown[] | undefined> {
  const receipts: unknown[] = [];
  for (let start = 0; start < transactions.length; start += FEW) {
    const some = transactions.slice(start, start + FEW);
    const asked = await Promise.all(some.map((sent) => ask(client, "eth_getTransactionReceipt", sent)));
    for (const found of asked) {
      if ("error" in found || found.answer === null || found.answer === undefined) return undefined;
      receipts.push(found.answer);
    }
  }
  return receipts;
}

/** What a node answers about one block. */
function ask(client: AnyClient, method: string, parameter: unknown): Promise<Attempt<unknown>> {
  return explain(
    client,
    attempt(client, 1, ({ request }) => request({ method, params: [parameter] } as never) as Promise<unknown>),
  );
}

function logsIn(entries: readonly unknown[], hash: string): RawLog[] {
  return entries.flatMap((entry) => minedLog(entry) ?? []).filter(({ blockHash }) => blockHash === hash);
}

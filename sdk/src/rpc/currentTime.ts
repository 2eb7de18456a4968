import { type Hex, hexToBigInt, hexToNumber, isHex } from "viem";
import { getBlock } from "viem/actions";
import type { AnyClient } from "../types/client.ts";
import { explain } from "./explainReading.ts";

/**
 * When it is for whoever signs or judges now: the time of the block that comes, as the node says. Where it says nothing, the
 * time of the newest block, or of this machine's clock where that is later: on a chain without traffic the newest block is old,
 * and the next one will not be. The clock of a local chain may be behind this machine's, after a revert to a snapshot for
 * instance. Deadlines are best counted from it.
 *
 * @param client - Client.
 * @returns Unix seconds.
 * @throws {NodeUnreachableError} Nobody answers.
 *
 * @example
 * const deadline = (await currentTime(client)) + 86_400;
 */
export async function currentTime(client: AnyClient): Promise<number> {
  const [{ number, timestamp }, next] = await Promise.all([explain(client, getBlock(client)), nextBlock(client)]);
  // Some nodes give the newest block for the one that comes.
  const isNext = next !== undefined && (next.number === undefined || next.number > number);
  return Math.max(Number(timestamp), isNext ? next.timestamp : Math.floor(Date.now() / 1_000));
}

/** The block that comes; undefined where the node does not say. */
async function nextBlock({
  request,
}: AnyClient): Promise<{ number: bigint | undefined; timestamp: number } | undefined> {
  const pending = { method: "eth_getBlockByNumber", params: ["pending", false] } as const;
  const block: unknown = await request(pending as never, { retryCount: 0 }).catch(() => undefined);
  const { number, timestamp } = (block ?? {}) as { number?: unknown; timestamp?: unknown };
  if (!isNumber(timestamp)) return undefined;
  // By the specification of JSON-RPC it has no number yet; many nodes give it one.
  return { number: isNumber(number) ? hexToBigInt(number) : undefined, timestamp: hexToNumber(timestamp) };
}

function isNumber(value: unknown): value is Hex {
  return isHex(value) && value.length > 2;
}

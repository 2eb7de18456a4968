import { getBlock } from "viem/actions";
import type { AnyClient } from "../types/client.ts";
import { explain } from "./explainReading.ts";

/**
 * When it is for whoever signs or judges now (unix seconds): the time of the newest block, or of this machine's clock where
 * that is later. On a chain without traffic the newest block is old, and the next one will not be.
 */
export async function now(client: AnyClient): Promise<number> {
  const { timestamp } = await explain(client, getBlock(client));
  return Math.max(Number(timestamp), Math.floor(Date.now() / 1_000));
}

import type { AnyClient } from "../types/client.ts";
import { askChainId } from "./askChainId.ts";
import { explain } from "./explainReading.ts";

/** The chain that a client is made for, else the one that its node is on. */
export async function chainIdOf(client: AnyClient): Promise<number> {
  return client.chain?.id ?? (await readChainId(client));
}

/** The chain that a client's node is on. */
export async function readChainId(client: AnyClient): Promise<number> {
  return explain(client, askChainId(client));
}

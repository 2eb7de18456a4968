import { getChainId } from "viem/actions";
import type { AnyClient } from "../types/client.ts";
import { explain } from "./explain.ts";

/** The chain that a client is made for, else the one that its node is on. */
export async function chainIdOf(client: AnyClient): Promise<number> {
  return client.chain?.id ?? (await explain(client, getChainId(client)));
}

import { type Hex, hexToNumber, isHex } from "viem";
import { NotANodeError } from "../errors/network.ts";
import type { AnyClient } from "../types/client.ts";
import { patient } from "./patient.ts";

/** Asks a node for its chain, and puts nothing in words but that it is no node. */
export async function askChainId(client: AnyClient): Promise<number> {
  const { request } = patient(client);
  const id: unknown = await request({ method: "eth_chainId" });
  if (isHex(id) && id.length > 2) return hexToNumber(id as Hex);
  throw new NotANodeError({ url: (client.transport as { url?: string }).url });
}

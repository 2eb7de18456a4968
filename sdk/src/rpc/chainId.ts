import { type Hex, hexToNumber, isHex } from "viem";
import { NotANodeError } from "../errors/network.ts";
import type { AnyClient } from "../types/client.ts";
import { explain } from "./explainReading.ts";
import { patient } from "./patient.ts";

/** The chain that a client is made for, else the one that its node is on. */
export async function chainIdOf(client: AnyClient): Promise<number> {
  return client.chain?.id ?? (await readChainId(client));
}

/** The chain that a client's node is on. */
export async function readChainId(client: AnyClient): Promise<number> {
  const { request } = patient(client);
  const id: unknown = await explain(client, request({ method: "eth_chainId" }) as Promise<unknown>);
  if (isHex(id) && id.length > 2) return hexToNumber(id as Hex);
  throw new NotANodeError({ url: (client.transport as { url?: string }).url });
}

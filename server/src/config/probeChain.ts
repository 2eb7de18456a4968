import { getRegistryAddress } from "@tenure/sdk";
import { createClient, defineChain, http, webSocket } from "viem";
import { getChainId, getCode } from "viem/actions";
import type { LoadedConfig } from "./loadConfig.ts";

/** Milliseconds that a node may take to answer. */
const PATIENCE = 10_000;

/** Asks a node whether it is of the chain, and has the registries there. */
export async function probeChain(chain: LoadedConfig["config"]["chains"][number], url: string): Promise<void> {
  const transport = url.startsWith("ws")
    ? webSocket(url, { timeout: PATIENCE, reconnect: false, retryCount: 0 })
    : http(url, { timeout: PATIENCE, retryCount: 0 });
  const client = createClient({
    chain: defineChain({
      id: chain.id,
      name: `chain ${chain.id}`,
      nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
      rpcUrls: { default: { http: [url] } },
    }),
    transport,
  });
  try {
    const id = await getChainId(client).catch((error: unknown) => {
      const why = (error as { shortMessage?: string }).shortMessage ?? String(error);
      throw new Error(`The node does not answer: ${why} Start it, or give the URL of another.`);
    });
    if (id !== chain.id) throw new Error(`The node is of chain ${id}, and not of ${chain.id}.`);
    for (const registry of ["identityRegistry", "vouchRegistry"] as const) {
      const address = getRegistryAddress(client, registry, chain.addresses as Partial<Record<string, `0x${string}`>>);
      if ((await getCode(client, { address })) === undefined) {
        throw new Error(`There is no contract at ${address}, where ${registry} should be. Say other addresses.`);
      }
    }
  } finally {
    if ("getRpcClient" in client.transport) {
      await client.transport.getRpcClient().then(
        (socket) => socket.close(),
        () => {},
      );
    }
  }
}

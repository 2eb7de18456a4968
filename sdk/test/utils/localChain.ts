import { network } from "hardhat";
import { createClient, type Hex, http, publicActions, testActions, walletActions } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { hardhat } from "viem/chains";

/** Keys of Hardhat's and anvil's well-known test accounts. */
export const testKeys = [
  "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80",
  "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d",
  "0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a",
  "0x7c852118294e51e653712a81e05800f419141751be58f605c371e15141b007a6",
  "0x47e179ec197488593b187f80a00eb0da91f1b9d0b13f8733639f19c30a34926a",
  "0x8b3a350cf5c34c9194ca85829a2df0ec3153be0318b5e2d3348e872092edffba",
] as const satisfies readonly Hex[];

/** A fresh chain behind an HTTP and WebSocket server of this process; on a free port where none is asked for. */
export async function startChain(wanted = 0): Promise<{ url: string; port: number; close: () => Promise<void> }> {
  const server = await network.createServer("default", "127.0.0.1", wanted);
  const { port } = await server.listen();
  return { url: `http://127.0.0.1:${port}`, port, close: () => server.close() };
}

/** A client that can do everything, as one of the test accounts. */
export function connect(url: string, account = 0) {
  return createClient({
    account: privateKeyToAccount(testKeys[account] ?? testKeys[0]),
    chain: hardhat,
    transport: http(url),
    pollingInterval: 20,
    // Whoever asks after a block that it just made wants no number of before, however quick it was.
    cacheTime: 0,
  })
    .extend(publicActions)
    .extend(walletActions)
    .extend(testActions({ mode: "hardhat" }));
}

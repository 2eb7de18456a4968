import { network } from "hardhat";
import { createClient, custom, publicActions, testActions, walletActions } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { hardhat } from "viem/chains";
import { isAnvilInstalled, startAnvil } from "../../sdk/test/utils/anvil.ts";
import { connect, startChain, testKeys } from "../../sdk/test/utils/localChain.ts";

export { freePort } from "../../sdk/test/utils/anvil.ts";

/** A client that can do everything, and how to be rid of its chain. */
export interface Host {
  client: ReturnType<typeof connect>;
  close: () => Promise<void>;
}

/** Every kind of chain that a deployment is tried on. `open` starts a fresh one. */
export const hosts: readonly { name: string; isAvailable: () => boolean; open: () => Promise<Host> }[] = [
  { name: "Hardhat's network in this process", isAvailable: () => true, open: openInProcess },
  { name: "Hardhat's JSON-RPC server", isAvailable: () => true, open: openServer },
  { name: "anvil", isAvailable: isAnvilInstalled, open: openAnvil },
];

async function openInProcess(): Promise<Host> {
  const connection = await network.create();
  const client = createClient({
    account: privateKeyToAccount(testKeys[0]),
    chain: hardhat,
    transport: custom(connection.provider),
    pollingInterval: 20,
  })
    .extend(publicActions)
    .extend(walletActions)
    .extend(testActions({ mode: "hardhat" }));
  return { client: client as unknown as Host["client"], close: () => connection.close() };
}

async function openServer(): Promise<Host> {
  const { url, close } = await startChain();
  return { client: connect(url), close };
}

async function openAnvil(): Promise<Host> {
  const { url, close } = await startAnvil();
  return { client: connect(url), close };
}

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { network } from "hardhat";
import { createClient, custom, publicActions, testActions, walletActions } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { hardhat } from "viem/chains";
import { connect, startChain, testKeys } from "../sdk/utils/localChain.ts";

/** A client that can do everything, and how to be rid of its chain. */
export interface Host {
  client: ReturnType<typeof connect>;
  close: () => Promise<void>;
}

const anvil = path.join(import.meta.dirname, "../../.node/anvil/node_modules/@foundry-rs/anvil/bin.mjs");

/** Every kind of chain that a deployment is tried on. `open` starts a fresh one. */
export const hosts: readonly { name: string; isAvailable: () => boolean; open: () => Promise<Host> }[] = [
  { name: "Hardhat's network in this process", isAvailable: () => true, open: openInProcess },
  { name: "Hardhat's JSON-RPC server", isAvailable: () => true, open: openServer },
  { name: "anvil", isAvailable: () => existsSync(anvil), open: openAnvil },
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
  const port = await freePort();
  const options = ["--host", "127.0.0.1", "--port", String(port), "--silent", "--disable-default-create2-deployer"];
  const child = spawn(process.execPath, [anvil, ...options], {
    env: { ...process.env, TARGET_TOOL: "anvil" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const client = connect(`http://127.0.0.1:${port}`);
  await until(async () => (await client.getChainId()) === hardhat.id, child);
  return { client, close: () => stop(child) };
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new TypeError("The server has no port.");
  return address.port;
}

async function until(isReady: () => Promise<boolean>, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await isReady().catch(() => false))) {
    if (child.exitCode !== null) throw new Error(`anvil ended with status ${child.exitCode}.`);
    if (Date.now() > deadline) throw new Error("anvil does not answer.");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill();
  await ended;
}

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";

const binary = path.join(import.meta.dirname, "../../../.node/anvil/node_modules/@foundry-rs/anvil/bin.mjs");

/** anvil is no dependency: it comes with `npm run anvil:install`. */
export const isAnvilInstalled = () => existsSync(binary);

/** A fresh anvil, as bare as a new chain; on a free port where none is asked for, with more options. */
export async function startAnvil(
  wanted = 0,
  more: string[] = [],
): Promise<{ url: string; port: number; close: () => Promise<void> }> {
  const port = wanted === 0 ? await freePort() : wanted;
  const options = [
    "--host",
    "127.0.0.1",
    "--port",
    String(port),
    "--silent",
    "--disable-default-create2-deployer",
    ...more,
  ];
  const child = spawn(process.execPath, [binary, ...options], {
    env: { ...process.env, TARGET_TOOL: "anvil" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const url = `http://127.0.0.1:${port}`;
  await answering(url, child);
  return { url, port, close: () => stop(child) };
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

async function answering(url: string, child: ChildProcess): Promise<void> {
  const request = { method: "POST", headers: { "content-type": "application/json" } };
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "eth_chainId" });
  const deadline = Date.now() + 60_000;
  while (
    !(await fetch(url, { ...request, body }).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (child.exitCode !== null) throw new Error(`anvil ended with status ${child.exitCode}.`);
    if (Date.now() > deadline) throw new Error("anvil does not answer.");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill();
  await ended;
}

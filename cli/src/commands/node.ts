import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { deployRegistries, shortParameters } from "@tenure/sdk";
import type { Command } from "commander";
import type { Address } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { connectChain, withAccount } from "../chain/connect.ts";
import { fund } from "../chain/local.ts";
import { whyUnusable } from "../chain/ports.ts";
import { Context } from "../context.ts";
import { RefusedError } from "../errors/cliError.ts";
import { parseHolder } from "../keys/account.ts";
import { KNOWN_KEYS, WORDS } from "../keys/known.ts";
import { parsePort } from "../parse/values.ts";
import { surroundings } from "../surroundings.ts";
import { colors } from "../view/colors.ts";
import { waiting } from "../view/progress.ts";
import { table } from "../view/table.ts";

const HOST = "127.0.0.1";

/** What `--fund` gives: as much as Hardhat and anvil give their own accounts. */
const PLENTY = 10n ** 22n;

/** How long a chain may take to start. */
const PATIENCE = 60_000;

type Options = { port: number; fund: Address[] };

export function addNode(program: Command): void {
  program
    .command("node")
    .description("start a local chain (anvil, or Hardhat) with the registries on it")
    .option("--port <port>", `where it listens, on ${HOST}`, parsePort, 8545)
    .option("--fund <who...>", "addresses, or names of keystores, that get 10000 ether there", addHolder, [])
    .action(async ({ port, fund: holders }: Options, command: Command) => {
      const context = new Context(command);
      const reason = await whyUnusable(HOST, port);
      if (reason !== undefined) throw new RefusedError(`${reason}.`, "Choose another with --port.");
      const rpc = `http://${HOST}:${port}`;
      const chain = await startChain(port);
      // However this process ends, the chain ends with it.
      process.once("exit", () => chain.kill());
      const client = await waiting("Starting the chain", untilUp(chain, rpc));
      const known = KNOWN_KEYS.map((privateKey) => ({ account: privateKeyToAccount(privateKey), privateKey }));
      const payer = withAccount(client, privateKeyToAccount(KNOWN_KEYS[0]));
      const { addresses } = await waiting("Deploying", deployRegistries(payer, { parameters: shortParameters }));
      for (const holder of holders) await waiting("Funding", fund(client, holder, PLENTY));
      const rows = Object.entries(addresses);
      const columns = [{ title: "contract" }, { title: "address" }];
      const accounts = known.map(({ account }) => account.address);
      const privateKeys = known.map(({ privateKey }) => privateKey);
      const keys = known.map(({ account, privateKey }) => `  ${account.address}\n    ${privateKey}`).join("\n");
      const others =
        holders.length === 0 ? "" : `Funded too:\n${holders.map((holder) => `  ${holder}`).join("\n")}\n\n`;
      context.print(
        { rpc, chainId: client.chain.id, addresses, accounts, privateKeys, funded: holders },
        `${colors().green("✓")} A chain is up at ${rpc}; a day is a minute there.\n\n${table(columns, rows)}\n\n` +
          `Funded, with keys for TENURE_PRIVATE_KEY:\n${keys}\n` +
          `${colors().yellow("Everybody knows these keys")} ("${WORDS}"): what they hold on any other chain is lost.\n\n` +
          `${others}Ctrl-C stops it.`,
      );
      await ended(chain);
      throw new RefusedError("The chain has stopped.");
    });
}

function addHolder(text: string, before: Address[]): Address[] {
  return [...before, parseHolder(text)];
}

/** anvil where it is installed, else the Hardhat of the project in the current folder. */
async function startChain(port: number): Promise<ChildProcess> {
  const around = surroundings();
  const bin = path.resolve(around.locate(path.join("node_modules", ".bin")));
  const env = { ...around.env, PATH: `${bin}${path.delimiter}${around.env.PATH ?? ""}` };
  const candidates: [string, string[]][] = [
    ["anvil", ["--host", HOST, "--port", String(port), "--silent"]],
    ["hardhat", ["node", "--hostname", HOST, "--port", String(port)]],
  ];
  for (const [program, args] of candidates) {
    const child = spawn(program, args, { env, stdio: "ignore" });
    const isStarted = await new Promise<boolean>((resolve) => {
      child.once("error", () => resolve(false));
      child.once("spawn", () => resolve(true));
    });
    if (isStarted) return child;
  }
  throw new RefusedError(
    "There is neither anvil nor Hardhat here.",
    "Install one of them, or use npm start in Tenure's repository.",
  );
}

/** A client, as soon as the chain answers. */
async function untilUp(chain: ChildProcess, rpc: string) {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await sleep(100)) {
    if (chain.exitCode !== null)
      throw new RefusedError("The chain did not start.", "Hardhat needs a project, and Node 22.13 or newer.");
    try {
      return await connectChain({ rpc });
    } catch {
      // Not yet.
    }
  }
  throw new RefusedError("The chain does not answer.");
}

function ended(chain: ChildProcess): Promise<void> {
  return new Promise((resolve) => chain.once("exit", () => resolve()));
}

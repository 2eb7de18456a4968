// npm run build: what does not wait for another is built beside it.
import { spawn } from "node:child_process";
import path from "node:path";

const root = path.join(import.meta.dirname, "..");

/** Runs a command, and tells what it said when it has ended, in one piece. */
async function run(command: string, ...args: string[]): Promise<void> {
  const shell = process.platform === "win32";
  const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], shell });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => said.push(chunk));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  process.stdout.write(Buffer.concat(said));
  if (status !== 0) throw new Error(`${[command, ...args].join(" ")} ended with status ${status}.`);
}

const workspace = (name: string) => run("npm", "run", "--silent", "build", "--workspace", name);

/** Their sources hold what they need of the contracts. The command line stands on the SDK and on signed requests. */
async function packages(): Promise<void> {
  await Promise.all([workspace("contracts"), workspace("sdk"), workspace("http-auth")]);
  await workspace("server");
  await workspace("cli");
}

const results = await Promise.allSettled([run("hardhat", "build"), packages()]);
for (const result of results) {
  if (result.status === "fulfilled") continue;
  console.error(`build: ${result.reason instanceof Error ? result.reason.message : result.reason}`);
  process.exitCode = 1;
}

import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";

/** How a command ended. */
export interface Ended {
  status: number | null;
  stdout: string;
  stderr: string;
}

const root = path.join(import.meta.dirname, "../..");

/** Runs a script of this project against a chain, as `npx hardhat run … --network localhost` does; what is built stays as it is. */
export function hardhatRun(script: string, url: string, env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return ended(
    start(["hardhat", "run", "--no-compile", script, "--network", "localhost"], { TENURE_LOCAL_URL: url, ...env }),
  );
}

/** Starts a command of node_modules/.bin, without colours. */
export function start(command: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, [path.join(root, "scripts/with-node.cjs"), ...command], {
    cwd: root,
    env: { ...process.env, NO_COLOR: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Waits for a command to end. */
export async function ended(child: ChildProcess): Promise<Ended> {
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    stderr += chunk;
  });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return { status, stdout, stderr };
}

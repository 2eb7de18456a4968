import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";

/** The project's folder. */
export const root = path.join(import.meta.dirname, "../../..");

const execute = promisify(execFile);

/** Runs a program without colours. A failure carries what it said, which the exit status alone would not. */
export async function run(
  program: string,
  parameters: readonly string[],
  options: { cwd: string; env?: NodeJS.ProcessEnv | undefined },
): Promise<string> {
  const env = { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0", ...options.env };
  try {
    const { stdout } = await execute(program, parameters, { cwd: options.cwd, env, maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`${program} ${parameters.join(" ")}\n${stdout}${stderr}`, { cause: error });
  }
}

// Processes of their own, to be killed at any moment.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** A process that runs a program of this repository, and prints a line when it is ready. */
export interface Other {
  readonly child: ChildProcess;
  /** The next line that it prints. */
  readonly line: () => Promise<string>;
  /** Ends it as the machine would: nothing in it runs any more. */
  readonly kill: () => Promise<void>;
}

/** Runs a program with arguments, on the Node that runs the tests. */
export function startOther(program: string, ...args: string[]): Other {
  const child = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const lines: string[] = [];
  const waiting: ((line: string) => void)[] = [];
  let rest = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const parts = (rest + text).split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) {
      const next = waiting.shift();
      if (next === undefined) lines.push(part);
      else next(part);
    }
  });
  return {
    child,
    line: async () => {
      const known = lines.shift();
      if (known !== undefined) return known;
      const ended = once(child, "exit").then(([code]) => {
        throw new Error(`${program} ended with status ${code}.`);
      });
      ended.catch(() => undefined);
      return Promise.race([new Promise<string>((resolve) => waiting.push(resolve)), ended]);
    },
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
}

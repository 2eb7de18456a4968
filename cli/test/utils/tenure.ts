import { type ChildProcess, spawn } from "node:child_process";
import { homedir } from "node:os";
import path from "node:path";
import { Readable, Writable } from "node:stream";
import { expect } from "chai";
import { type Ended, ended } from "../../../test/story/run.ts";
import { run } from "../../src/run.ts";

const bin = path.join(import.meta.dirname, "../../bin/tenure.js");
const root = path.join(import.meta.dirname, "../../..");

/** Variables of the environment; those that are undefined are taken out of it. */
export type Environment = Record<string, string | undefined>;

/** Starts the built command in its own process, as a shell would, with nobody at a terminal. */
export function startTenure(args: readonly string[], env: Environment): ChildProcess {
  return spawn(process.execPath, [bin, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
}

/** Runs the built command in its own process, and waits for its end. */
export async function builtTenure(args: readonly string[], env: Environment = {}, stdin = ""): Promise<Ended> {
  const child = startTenure(args, env);
  child.stdin?.end(stdin);
  return ended(child);
}

/** What is written, as somebody reads it at the other end of a pipe. */
function pipe() {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString() };
}

/**
 * Runs the command out of its sources, in this process, with surroundings of its own: as a shell would, with nobody at a
 * terminal. Starting a process takes far longer than most commands do; what is about the process itself starts one.
 */
export async function tenure(args: readonly string[], env: Environment = {}, stdin = ""): Promise<Ended> {
  const [out, err] = [pipe(), pipe()];
  const status = await run(args, {
    stdin: Readable.from(stdin === "" ? [] : [Buffer.from(stdin)]),
    terminal: undefined,
    stdout: out.stream,
    stderr: err.stream,
    env: { PATH: process.env.PATH, ...env },
    home: env.HOME ?? homedir(),
    locate: (file) => path.resolve(root, file),
  });
  return { status, stdout: out.text(), stderr: err.text() };
}
/** Runs it, expects status 0 and a silent stderr, and reads the JSON that it prints. */
export async function tenureJson<result>(args: readonly string[], env: Environment = {}): Promise<result> {
  const { status, stdout, stderr } = await tenure([...args, "--json"], env);
  expect({ status, stderr }, stdout).to.deep.equal({ status: 0, stderr: "" });
  return JSON.parse(stdout) as result;
}

/**
 * Runs it, and expects that it refuses in a sentence or two on stderr, in lines of a terminal, without a stack and with nothing
 * on stdout.
 */
export async function refused(
  status: number,
  args: readonly string[],
  env: Environment = {},
  stdin = "",
): Promise<string> {
  const end = await tenure(args, env, stdin);
  expect(end, end.stderr).to.include({ status, stdout: "" });
  expect(end.stderr).to.match(/^tenure: [^\n]+\n(?: {2}[^ \n][^\n]*\n)*$/);
  for (const line of end.stderr.split("\n")) {
    // Only what is one word may be longer.
    expect(line.length <= 80 || !line.trim().includes(" "), line).to.equal(true);
  }
  expect(end.stderr).to.not.match(/\n\s+at |node:internal|\.[jt]s:\d/);
  return unwrapped(end.stderr).slice("tenure: ".length, -1);
}

/** A text before it was put in lines. */
export function unwrapped(text: string): string {
  return text.replaceAll("\n  ", " ");
}

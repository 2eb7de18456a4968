// A terminal, in which somebody pastes the blocks of a guide.
import { type ChildProcess, spawn } from "node:child_process";

/** Comes after a block, when the shell takes the next one. */
const DONE = "the block has ended with";

/** What a block says that does not end by itself. */
const UP = /Ctrl-C stops it\.|^listening on |The server listens\./m;

/** A shell that stays open: what a block exports, the next one has. */
export class Terminal {
  readonly #shell: ChildProcess;
  #said = "";
  #errors = "";
  #hear: () => void = () => undefined;
  /** Whether something runs in it until Ctrl-C. */
  isBusy = false;

  constructor(cwd: string, env: NodeJS.ProcessEnv) {
    // A group of its own, which ends as a terminal ends what runs in it.
    this.#shell = spawn("sh", [], { cwd, env, stdio: ["pipe", "pipe", "pipe"], detached: true });
    this.#shell.stdout?.on("data", (chunk: Buffer) => {
      this.#said += chunk;
      this.#hear();
    });
    this.#shell.stderr?.on("data", (chunk: Buffer) => {
      this.#errors += chunk;
    });
    this.#shell.once("exit", () => this.#hear());
  }

  /**
   * Runs a block until it has ended, or is up and stays.
   *
   * @returns What it printed.
   */
  async paste(block: string): Promise<string> {
    this.#said = "";
    this.#errors = "";
    this.#shell.stdin?.write(`${block}\nprintf '%s %s\\n' '${DONE}' "$?"\n`);
    const status = await new Promise<string | undefined>((resolve) => {
      this.#hear = () => {
        const ended = new RegExp(`${DONE} (\\d+)$`, "m").exec(this.#said);
        this.isBusy = ended === null && UP.test(this.#said);
        if (ended !== null || this.isBusy || this.#shell.exitCode !== null) resolve(ended?.[1]);
      };
    });
    if (!this.isBusy && status !== "0") throw new Error(`${block}\n${this.#said}${this.#errors}`);
    // What ends within a line is a line of the page nevertheless.
    return this.#said.replace(new RegExp(`${DONE} .*\\n`), "").replace(/[^\n]$/, "$&\n");
  }

  /** Ctrl-C, and the terminal is closed. */
  async close(): Promise<void> {
    const { pid, exitCode, signalCode } = this.#shell;
    if (pid === undefined || exitCode !== null || signalCode !== null) return;
    const closed = new Promise((resolve) => this.#shell.once("close", resolve));
    process.kill(-pid, "SIGINT");
    this.#shell.stdin?.end();
    await closed;
  }
}

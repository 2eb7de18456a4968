// A real terminal for the command: `script` of util-linux opens a pseudo terminal. Every Debian has it (bsdutils).
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { screenOf } from "./screen.ts";
import type { Environment } from "./tenure.ts";

const bin = path.join(import.meta.dirname, "../../bin/tenure.js");

/** Whether there is such a `script` here; other systems have another one by that name. */
export const hasTerminal =
  process.platform === "linux" && /util-linux/.test(String(spawnSync("script", ["--version"]).stdout ?? ""));

/** What the shell around the command says when it has ended, and how the terminal is then. */
const END = /<<status (\d+)>>\r\n([\s\S]*)<<end>>/;

export interface Left {
  status: number;
  /** All that was written, as a program wrote it. */
  raw: string;
  /** The lines that are to be seen in the end. */
  lines: string[];
  /** What `stty -a` says afterwards. */
  settings: string;
}

export class Terminal {
  readonly #child: ChildProcess;
  #raw = "";
  readonly #closed: Promise<void>;

  /** Starts the command at a terminal of so many columns. */
  constructor(args: readonly string[], env: Environment = {}, columns = 80) {
    const quoted = [process.execPath, bin, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
    // The shell outlives an interrupt, to say what it left behind; the command gets it as ever.
    const lines = [`stty rows 40 cols ${columns}`, "trap : INT", quoted];
    const shell = [...lines, 'echo "<<status $?>>"', "stty -a", 'echo "<<end>>"'].join("\n");
    this.#child = spawn("script", ["-q", "-e", "-c", shell, "/dev/null"], {
      env: { PATH: process.env.PATH, SHELL: "/bin/sh", TERM: "xterm-256color", ...env },
      stdio: ["pipe", "pipe", "pipe"],
    });
    this.#child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      this.#raw += chunk;
    });
    this.#closed = new Promise((resolve, reject) => {
      this.#child.once("error", reject);
      this.#child.once("close", () => resolve());
    });
  }

  /** Everything so far, without control sequences. */
  get text(): string {
    return stripVTControlCharacters(this.#raw);
  }

  /** Waits until something is to be read. */
  async until(pattern: RegExp): Promise<void> {
    for (const end = Date.now() + 20_000; !pattern.test(this.text); ) {
      if (Date.now() > end) throw new Error(`${pattern} did not come: ${JSON.stringify(this.#raw)}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Types; "\r" is the return key, "\x03" Ctrl-C. */
  type(keys: string): void {
    this.#child.stdin?.write(keys);
  }

  /** Waits for the end of the command. */
  async left(): Promise<Left> {
    await this.until(END);
    this.#child.stdin?.end();
    await this.#closed;
    const [, status, settings = ""] = END.exec(this.#raw) ?? [];
    const raw = this.#raw.slice(0, this.#raw.indexOf("<<status"));
    return { status: Number(status), raw, lines: screenOf(raw), settings };
  }
}

/** How many columns a line takes: ideographs and pictures take two. */
export function widthOf(line: string): number {
  let width = 0;
  for (const { segment } of new Intl.Segmenter().segment(line)) {
    width +=
      /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/u.test(
        segment,
      )
        ? 2
        : 1;
  }
  return width;
}

// Somebody who follows a guide from nothing: files are written and blocks pasted in the order of the page, in terminals.
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { freePort } from "../../../sdk/test/utils/anvil.ts";
import { root } from "../../package/utils/run.ts";
import { Terminal } from "./terminal.ts";

type Piece = { language: string; code: string; line: number } | { terminal: number; isStopped: boolean };

/** A block, or what a reader is told in words: which terminal is meant, or to stop what runs in one. */
const PIECE = /^```(\w+)\n([\s\S]*?)^```$|^<!-- (Ctrl-C )?in terminal (\d) -->$/gm;

function piecesOf(markdown: string): Piece[] {
  return [...markdown.matchAll(PIECE)].map(({ 1: language = "", 2: code = "", 3: stop, 4: terminal, index }) =>
    terminal === undefined
      ? { language, code, line: markdown.slice(0, index).split("\n").length }
      : { terminal: Number(terminal), isStopped: stop !== undefined },
  );
}

/** What a reader is told, and where they are. */
export interface ReaderParameters {
  /** Their environment; `HOME` is where terminals open. */
  readonly env: NodeJS.ProcessEnv;
  /** The folder in which they write files, from `HOME`. */
  readonly folder: string;
  /** The ports of the page, which may be somebody else's here. The first is the chain's. */
  readonly ports: readonly string[];
  /** The languages of blocks that are neither pasted, nor written, nor compared. */
  readonly skipped?: readonly string[];
}

/** Follows guides, each terminal of theirs until it is closed. */
export class Reader {
  readonly #terminals: Terminal[] = [];

  /**
   * Does what a page says, and holds what is printed against it.
   *
   * @returns How many blocks were compared with what was printed, and the names of the files that were written.
   */
  async follow(page: string, { env, folder, ports, skipped = [] }: ReaderParameters) {
    const home = env.HOME ?? expect.fail("a reader has a home");
    const markdown = await readFile(path.join(root, page), "utf8");
    const own = new Map<string, string>();
    for (const usual of ports) own.set(usual, String(await freePort()));
    const chain = own.get(ports[0] ?? "");
    const here = (text: string) =>
      text
        .replace(new RegExp(`\\b(?:${ports.join("|")})\\b`, "g"), (usual) => own.get(usual) ?? usual)
        .replace(/^tenure node$/m, `tenure node --port ${chain}`);
    const open = (cwd: string) => {
      const terminal = new Terminal(cwd, env);
      this.#terminals.push(terminal);
      return terminal;
    };

    let terminal = open(root);
    let printed = "";
    let compared = 0;
    const written: string[] = [];
    for (const piece of piecesOf(markdown)) {
      if ("terminal" in piece) {
        const meant = this.#terminals[piece.terminal - 1];
        if (piece.isStopped) await meant?.close();
        else terminal = meant ?? open(home);
        continue;
      }
      const { language, code, line } = piece;
      const where = `${page}, line ${line}`;
      if (skipped.includes(language)) continue;
      if (language === "ts") {
        const [, name = expect.fail(where)] = /^\/\/ ([\w.]+)\n/.exec(code) ?? [];
        await writeFile(path.join(home, folder, name), here(code));
        written.push(name);
      } else if (language === "sh") {
        printed = await terminal.paste(here(code)).catch((cause) => {
          throw new Error(`${where}: ${cause.message}`, { cause });
        });
        if (terminal.isBusy) terminal = open(home);
      } else {
        expect(language, where).to.equal("text");
        expect(printed, where).to.equal(code);
        compared += 1;
      }
    }
    return { compared, written };
  }

  /** Ends whatever runs. */
  async close(): Promise<void> {
    for (const terminal of this.#terminals.splice(0)) await terminal.close();
  }
}

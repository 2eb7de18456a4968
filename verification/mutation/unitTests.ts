import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Edit, ROOT } from "./compiler.ts";

const COPIED = [
  "artifacts",
  "cache",
  "contracts",
  "scripts",
  "test",
  "hardhat.config.ts",
  "package.json",
  "remappings.txt",
  "tsconfig.json",
];

const HARDHAT = path.join(ROOT, "node_modules/hardhat/dist/src/cli.js");

function run(folder: string, test: string) {
  const options = { cwd: folder, encoding: "utf8", timeout: 300_000 } as const;
  return spawnSync(process.execPath, [HARDHAT, "test", "solidity", test], options);
}

/** Runs Solidity tests against mutants, in a copy of the project. */
export class UnitTests {
  #folder?: string;

  readonly #sound = new Set<string>();

  /** The first failing test of a file; nothing where none fails, nor where the project's rules refuse to compile it. */
  notice({ file, content }: Edit, test: string): string | undefined {
    this.#folder ??= this.#copy();
    if (!this.#sound.has(test)) this.#requireSound(this.#folder, test);
    const changed = path.join(this.#folder, file);
    writeFileSync(changed, content);
    try {
      const failure = /^ +\d+\) (.*)$/m.exec(run(this.#folder, test).stdout)?.[1];
      return failure && `unit test: ${failure}`;
    } finally {
      cpSync(path.join(ROOT, file), changed);
    }
  }

  /** A copy in which nothing runs would notice nothing. */
  #requireSound(folder: string, test: string): void {
    const { status, stdout, stderr } = run(folder, test);
    if (status !== 0) throw new Error(`${test} fails without a mistake:\n${stdout}\n${stderr}`);
    this.#sound.add(test);
  }

  #copy(): string {
    const folder = mkdtempSync(path.join(tmpdir(), "tenure-mutation-"));
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    for (const name of COPIED) cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
    symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
    return folder;
  }
}

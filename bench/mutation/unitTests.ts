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

/** Runs Solidity tests against mutants, in a copy of the project. */
export class UnitTests {
  #folder?: string;

  /** The first failing test of a file; nothing where all pass. */
  notice({ file, content }: Edit, test: string): string | undefined {
    this.#folder ??= this.#copy();
    const changed = path.join(this.#folder, file);
    writeFileSync(changed, content);
    try {
      const hardhat = path.join(ROOT, "node_modules/hardhat/dist/src/cli.js");
      const { status, stdout } = spawnSync(process.execPath, [hardhat, "test", "solidity", test], {
        cwd: this.#folder,
        encoding: "utf8",
        timeout: 300_000,
      });
      if (status === 0) return undefined;
      const failure = /^ +\d+\) (.*)$/m.exec(stdout)?.[1];
      return `unit test: ${failure ?? stdout.slice(-200)}`;
    } finally {
      cpSync(path.join(ROOT, file), changed);
    }
  }

  #copy(): string {
    const folder = mkdtempSync(path.join(tmpdir(), "tenure-mutation-"));
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    for (const name of COPIED) cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
    symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
    return folder;
  }
}

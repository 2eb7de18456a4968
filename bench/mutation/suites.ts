import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Bytecode, ROOT, type Target } from "./compiler.ts";

const COPIED = [
  "artifacts",
  "cache",
  "contracts",
  "scripts",
  "test",
  "sdk",
  "cli",
  "types",
  "hardhat.config.ts",
  "package.json",
  "tsconfig.json",
];

/** Runs Mocha files against mutants, in a copy of the project whose build results can be replaced. */
export class Suites {
  readonly #folder = mkdtempSync(path.join(tmpdir(), "tenure-mutation-"));

  constructor() {
    for (const name of COPIED) cpSync(path.join(ROOT, name), path.join(this.#folder, name), { recursive: true });
    symlinkSync(path.join(ROOT, "node_modules"), path.join(this.#folder, "node_modules"));
  }

  /** What the first failing test is called; nothing where all pass. */
  notice(targets: Target[], codes: Map<string, Bytecode>, tests: string[]): string | undefined {
    const originals = targets.map(({ file, name }) => {
      const artifact = path.join(this.#folder, "artifacts", file, `${name}.json`);
      return { artifact, name, text: readFileSync(artifact, "utf8") };
    });
    try {
      for (const { artifact, name, text } of originals) {
        const code = codes.get(name);
        const content = { ...JSON.parse(text), bytecode: code?.creation, deployedBytecode: code?.runtime };
        writeFileSync(artifact, JSON.stringify(content));
      }
      return this.#run(tests);
    } finally {
      for (const { artifact, text } of originals) writeFileSync(artifact, text);
    }
  }

  #run(folders: string[]): string | undefined {
    const files = folders
      .filter((folder) => existsSync(path.join(this.#folder, folder)))
      .flatMap((folder) =>
        readdirSync(path.join(this.#folder, folder))
          .filter((name) => name.endsWith(".test.ts"))
          .map((name) => `${folder}/${name}`),
      );
    const hardhat = path.join(ROOT, "node_modules/hardhat/dist/src/cli.js");
    const { status, stdout } = spawnSync(
      process.execPath,
      [hardhat, "test", "mocha", "--no-compile", "--bail", ...files],
      { cwd: this.#folder, encoding: "utf8", timeout: 300_000 },
    );
    if (status === 0) return undefined;
    const failure = /^ {2}1\) ([\s\S]*?):\n/m.exec(stdout)?.[1];
    return `test: ${failure?.replace(/\s+/g, " ") ?? stdout.slice(-200)}`;
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

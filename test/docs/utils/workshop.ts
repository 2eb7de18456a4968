import { execFile } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const root = path.join(import.meta.dirname, "../../..");

/** A folder for programs that are made out of the documentation: within the project, so that they find its packages. */
export class Workshop {
  readonly folder: string;

  constructor(name: string) {
    this.folder = path.join(root, "cache", "docs", name);
  }

  /** Writes the programs, and says what the compiler says of them: nothing, where they are right. */
  async compile(programs: Readonly<Record<string, string>>): Promise<string> {
    await rm(this.folder, { recursive: true, force: true });
    await mkdir(this.folder, { recursive: true });
    const files = Object.keys(programs);
    for (const file of files) await writeFile(path.join(this.folder, file), programs[file] ?? "");
    const options = { noUnusedLocals: false, noUnusedParameters: false };
    const config = { extends: path.join(root, "tsconfig.json"), compilerOptions: options, include: [], files };
    await writeFile(path.join(this.folder, "tsconfig.json"), JSON.stringify(config));
    const compiler = path.join(root, "node_modules", "typescript", "bin", "tsc");
    const run = promisify(execFile)(process.execPath, [compiler, "-p", this.folder], { cwd: this.folder });
    return run.then(
      ({ stdout }) => stdout,
      ({ stdout, message }: { stdout?: string; message: string }) => stdout || message,
    );
  }

  /** Loads a program. */
  load<module>(file: string): Promise<module> {
    return import(path.join(this.folder, file)) as Promise<module>;
  }
}

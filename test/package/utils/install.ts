import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { run } from "./run.ts";

/** Installs packages into a folder that has none, as a stranger does. Tarballs are given as paths, others as versions. */
export async function install(folder: string, dependencies: Readonly<Record<string, string>>): Promise<void> {
  const file = path.join(folder, "package.json");
  const described = JSON.parse(await readFile(file, "utf8").catch(() => "{}")) as Record<string, object>;
  for (const [name, version] of Object.entries(dependencies)) {
    // In the section where an example has it.
    const section = described.devDependencies && name in described.devDependencies ? "devDependencies" : "dependencies";
    described[section] = { ...described[section], [name]: path.isAbsolute(version) ? `file:${version}` : version };
  }
  await writeFile(file, JSON.stringify({ private: true, type: "module", ...described }, null, 2));
  await run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: folder });
}

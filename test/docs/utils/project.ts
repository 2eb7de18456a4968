// A page whose blocks are files, each by the name in its first line, and what a shell runs on them.
import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { root, run } from "../../package/utils/run.ts";
import { blocksOf } from "./guide.ts";

const NAME = /^(?:\/\/|#) ([\w./-]+)\n/;

/** The files of a page, by their names. */
export function filesOf(markdown: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (const { language, code, line } of blocksOf(markdown)) {
    const [, name] = NAME.exec(code) ?? [];
    if (language === "sh") continue;
    if (name === undefined) throw new TypeError(`The block in line ${line} does not begin with the name of a file.`);
    files[name] = code;
  }
  return files;
}

/** Writes the files of a page into a folder, runs its blocks for a shell there, and answers what they said. */
export async function play(markdown: string, folder: string, env: NodeJS.ProcessEnv): Promise<string> {
  const files = filesOf(markdown);
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.join(folder, path.dirname(name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  const tools = await toolsIn(folder);
  const PATH = [tools, path.dirname(process.execPath), process.env.PATH].join(path.delimiter);
  const told: string[] = [];
  for (const { language, code } of blocksOf(markdown)) {
    if (language === "sh") told.push(await run("sh", ["-eu", "-c", code], { cwd: folder, env: { ...env, PATH } }));
  }
  return told.join("");
}

/** Takes away what a page left, so that the next one has a folder of its own. */
export async function clear(markdown: string, folder: string): Promise<void> {
  const made = ["artifacts", "cache", "out", "types", ...Object.keys(filesOf(markdown))];
  for (const name of made) await rm(path.join(folder, name.split("/")[0] ?? name), { recursive: true, force: true });
}

/** `forge`, as whoever has installed it has it, but for the folder, in which scripts/forge.cjs does not stay. */
async function toolsIn(folder: string): Promise<string> {
  const tools = path.join(folder, "tools");
  const forge = path.join(tools, "forge");
  await mkdir(tools, { recursive: true });
  await writeFile(forge, `#!/bin/sh\nexec node '${path.join(root, "scripts/forge.cjs")}' "$@" --root '${folder}'\n`);
  await chmod(forge, 0o755);
  return tools;
}

import { mkdtempSync, rmSync } from "node:fs";
import { cp, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { root, run } from "./run.ts";

/** What a workspace makes or installs itself. */
const MADE = new Set(["dist", "node_modules"]);

/** Where this process packs; gone when it ends. */
let shared: string | undefined;

function sharedFolder(): string {
  if (shared !== undefined) return shared;
  const folder = mkdtempSync(path.join(tmpdir(), "tenure-packed-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  shared = folder;
  return folder;
}

const packed = new Map<string, Promise<string>>();

/** Packs a workspace as one publishes, once in a process, and answers where the tarball is. */
export function pack(workspace: string): Promise<string> {
  const tarball = packed.get(workspace) ?? packInto(sharedFolder(), workspace);
  packed.set(workspace, tarball);
  return tarball;
}

/** From sources of its own, because other tests use what is built here. */
async function packInto(folder: string, workspace: string): Promise<string> {
  const place = path.join(folder, "sources", workspace);
  await cp(path.join(root, workspace), place, {
    recursive: true,
    filter: (file) => !MADE.has(path.basename(file)) && !file.endsWith(".tsbuildinfo"),
  });
  // Where its own dependencies are, and everybody's.
  const links = [path.join(workspace, "node_modules"), "node_modules"];
  for (const link of links) {
    // A workspace need not have any; several share everybody's.
    await symlink(path.join(root, link), path.join(folder, "sources", link)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
  // Left by a build before a module was deleted.
  await mkdir(path.join(place, "dist/codecs"), { recursive: true });
  await writeFile(path.join(place, "dist/codecs/deleted.js"), "export {};\n");
  const parameters = ["pack", "--pack-destination", folder, "--ignore-scripts=false", "--foreground-scripts=false"];
  await run("npm", parameters, { cwd: place });
  const { name, version } = JSON.parse(await readFile(path.join(place, "package.json"), "utf8")) as {
    name: string;
    version: string;
  };
  return path.join(folder, `${name.replace("@", "").replace("/", "-")}-${version}.tgz`);
}

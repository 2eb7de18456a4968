// npm run version:next
//
// Makes the next version out of the changes that wait in .changeset/: numbers in every package, and one text in CHANGELOG.md.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { addRelease, parseChange } from "./lib/changelog.ts";

const root = path.join(import.meta.dirname, "..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");

function run(command: string, ...args: string[]): void {
  const { status } = spawnSync(command, args, { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
  if (status !== 0) throw new Error(`${[command, ...args].join(" ")} ended with status ${status}.`);
}

const waiting = readdirSync(path.join(root, ".changeset")).filter((file) => /(?<!README)\.md$/.test(file));
if (waiting.length === 0) {
  console.error("version: no change waits in .changeset/; `npx changeset` describes one.");
  process.exit(1);
}
const changes = waiting.sort().map((file) => parseChange(read(`.changeset/${file}`)));

// It moves the numbers of the packages, and of their dependencies on each other, and takes the files away.
run("changeset", "version");
const { version } = JSON.parse(read("sdk/package.json"));
writeFileSync(path.join(root, "CHANGELOG.md"), addRelease(read("CHANGELOG.md"), version, changes));
// The root is no package of the workspace, and would stay behind.
const manifest = read("package.json").replace(/^ {2}"version": "[^"]+"/m, `  "version": "${version}"`);
writeFileSync(path.join(root, "package.json"), manifest);
run("npm", "install", "--package-lock-only");

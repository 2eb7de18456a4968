import { globSync } from "node:fs";
import path from "node:path";

/** Tests that run in one process, one after the other. */
export interface Group {
  name: string;
  files: string[];
}

/** The longest first, so that no core waits for one of them at the end. What is not named comes after them. */
const LONGEST = [
  ...["server/index", "test/package", "server", "test/docs", "verification", "sdk", "cli", "contracts"],
  ...["sdk/actions", "test/story"],
];

const rank = ({ name }: Group): number => (LONGEST.includes(name) ? LONGEST.indexOf(name) : LONGEST.length);

/** Folders of `test/` that take long alone. To begin takes Hardhat some seconds: all others share a group. */
const ALONE = ["deploy", "docs", "field", "package", "story"];

function groupOf(file: string): string {
  const [top = "", below = "", lower] = file.split(path.sep);
  if (top === "sdk") return lower === "actions" ? "sdk/actions" : "sdk";
  if (top === "server") return lower === "index" ? "server/index" : "server";
  if (top === "bench") return "verification";
  if (top !== "test") return top;
  // These pages are read by strangers too, with the same packages.
  if (/^(tools|guarding)\.test\.ts$/.test(lower ?? "") && below === "docs") return "test/package";
  return ALONE.includes(below) ? `test/${below}` : "contracts";
}

/** All Mocha tests below `root`. Hardhat itself knows one folder only. */
export function testFilesOf(root: string): string[] {
  return globSync("{bench,test,verification,{cli,http-auth,sdk,server}/{src,test}}/**/*.test.ts", { cwd: root }).sort();
}

/** The same, in groups. */
export function groupsOf(root: string): Group[] {
  const groups = new Map<string, Group>();
  for (const file of testFilesOf(root)) {
    const name = groupOf(file);
    const group = groups.get(name) ?? { name, files: [] };
    group.files.push(file);
    groups.set(name, group);
  }
  return [...groups.values()].sort((one, other) => rank(one) - rank(other));
}

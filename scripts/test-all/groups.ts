import { globSync } from "node:fs";
import path from "node:path";

/** Tests that run in one process, one after the other. */
export interface Group {
  name: string;
  files: string[];
}

/** The longest first, so that no core waits for one of them at the end. What is not named comes after them. */
const LONGEST = [
  "cli",
  "sdk",
  "verification/model",
  "test/docs",
  "test/package",
  "test/story",
  "test/field",
  "test/TrustGate",
];

const rank = ({ name }: Group): number => (LONGEST.includes(name) ? LONGEST.indexOf(name) : LONGEST.length);

/** All Mocha tests below `root`. Hardhat itself knows one folder only. */
export function testFilesOf(root: string): string[] {
  return globSync("{bench,test,verification,{cli,http-auth,sdk}/{src,test}}/**/*.test.ts", { cwd: root }).sort();
}

/** The same: one group for the command line, one for the SDK, one for signed requests, and one a folder below `bench/`, `test/` and `verification/`. */
export function groupsOf(root: string): Group[] {
  const groups = new Map<string, Group>();
  for (const file of testFilesOf(root)) {
    const [top = "", below = ""] = file.split(path.sep);
    const name = ["cli", "http-auth", "sdk"].includes(top) ? top : `${top}/${below}`;
    const group = groups.get(name) ?? { name, files: [] };
    group.files.push(file);
    groups.set(name, group);
  }
  return [...groups.values()].sort((one, other) => rank(one) - rank(other));
}

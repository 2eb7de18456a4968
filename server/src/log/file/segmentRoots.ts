import { constants } from "node:fs";
import { open, readFile } from "node:fs/promises";
import type { Hash } from "../merkle/hash.ts";
import { layout } from "./layout.ts";
import { writeAt } from "./writeAt.ts";

/** What stays of a whole segment when its lines are removed. */
export interface SegmentRoot {
  readonly root: Hash;
  /** Hash of its last line. */
  readonly last: Hash;
}

/** A line of the file of roots. */
export function encodeRoot(segment: number, { root, last }: SegmentRoot): string {
  return `${segment} ${Buffer.from(root).toString("hex")} ${Buffer.from(last).toString("hex")}\n`;
}

/** Reads the roots from the first segment on, and how many bytes of the file they take: what follows was torn, and is written again. */
export async function readRoots(folder: string): Promise<{ roots: SegmentRoot[]; length: number }> {
  const text = await readFile(layout.roots(folder), "latin1").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const roots: SegmentRoot[] = [];
  let length = 0;
  for (const line of text.split("\n").slice(0, -1)) {
    const [, segment, root, last] = /^(\d+) ([0-9a-f]{64}) ([0-9a-f]{64})$/.exec(line) ?? [];
    if (Number(segment) !== roots.length || root === undefined || last === undefined) break;
    roots.push({ root: Buffer.from(root, "hex"), last: Buffer.from(last, "hex") });
    length += line.length + 1;
  }
  return { roots, length };
}

/** The roots of a log that is written to. */
export async function openRoots(folder: string) {
  const { roots, length } = await readRoots(folder);
  let end = length;
  return {
    /** From the first segment on. */
    roots: roots as readonly SegmentRoot[],
    /** Notes the root of the next one, durably. It can be done again where it failed. */
    note: async (root: SegmentRoot) => {
      const line = encodeRoot(roots.length, root);
      const file = await open(layout.roots(folder), constants.O_RDWR | constants.O_CREAT, 0o600);
      try {
        await writeAt(file, Buffer.from(line), end);
        await file.truncate(end + line.length);
        await file.datasync();
      } finally {
        await file.close();
      }
      end += line.length;
      roots.push(root);
    },
  };
}

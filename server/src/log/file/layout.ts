import { readdir } from "node:fs/promises";
import path from "node:path";

/** What the files in a folder of a log are called. */
export const layout = {
  /** The format, written once. */
  format: (folder: string) => path.join(folder, "log.json"),
  /** Roots of whole segments, a line each. */
  roots: (folder: string) => path.join(folder, "segments.txt"),
  /** Held by whoever writes. */
  lock: (folder: string) => path.join(folder, "writer.lock"),
  /** The lines of a segment. */
  segment: (folder: string, segment: number) => path.join(folder, `${String(segment).padStart(10, "0")}.jsonl`),
  /** What was cut away behind the line before `size`. */
  cut: (folder: string, size: number, at: number) => path.join(folder, `cut-${size}-${at}.bin`),
};

/** Numbers of the segments that are there, ascending. */
export async function listSegments(folder: string): Promise<number[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => /^\d{10}\.jsonl$/.test(name))
    .map((name) => Number(name.slice(0, 10)))
    .sort((one, other) => one - other);
}

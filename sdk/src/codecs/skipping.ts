import type { SkippedEntry } from "../types/registrationFile.ts";

/** How many are named: a stranger decides how many there are. */
const MOST_NAMED = 100;

/** Notes that a part of a file is left out; undefined stands for it. */
export type Skip = (path: string, reason: string) => undefined;

/** A list of what is left out, which does not grow for ever. */
export function skipping(): { skip: Skip; skipped: readonly SkippedEntry[]; countMore: () => number } {
  const skipped: SkippedEntry[] = [];
  let count = 0;
  const skip: Skip = (path, reason) => {
    count++;
    if (count <= MOST_NAMED) skipped.push({ path, reason });
    return undefined;
  };
  return { skip, skipped, countMore: () => count - skipped.length };
}

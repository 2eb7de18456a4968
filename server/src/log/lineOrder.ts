import type { LogLine } from "./entry.ts";
import type { Hash } from "./merkle/hash.ts";

/** Something in a log that is not as it was written. */
export interface LogFinding {
  readonly kind: "changed" | "unreadable" | "missing" | "duplicated" | "reordered" | "truncated";
  /** The line. */
  readonly place: number;
  readonly message: string;
}

/** Findings that are kept before the rest is only counted. */
const MAX_FINDINGS = 1000;

/** Follows the lines of a log, and finds where they do not follow from each other. */
export function lineOrder(first: number) {
  const findings: LogFinding[] = [];
  /** Places that were passed over, and may still come. */
  const gaps = new Set<number>();
  /** Ranges of them that are too large to remember one by one. */
  const ranges: { from: number; to: number }[] = [];
  let expected = first;
  /** Hash of the line before, where that is the one that the next should follow. */
  let before: string | undefined = first === 0 ? "0".repeat(64) : undefined;
  const find = (kind: LogFinding["kind"], place: number, message: string) => {
    if (findings.length < MAX_FINDINGS) findings.push({ kind, place, message });
  };
  const pass = (from: number, to: number) => {
    if (to - from > 10_000) ranges.push({ from, to });
    else for (let place = from; place < to; place++) gaps.add(place);
  };

  const add = (line: LogLine | undefined, hash: Hash) => {
    const own = Buffer.from(hash).toString("hex");
    if (line === undefined) {
      find("unreadable", expected, `Line ${expected} is none that this log could have.`);
      before = undefined;
      expected++;
      return;
    }
    if (line.n < expected) {
      if (gaps.delete(line.n)) find("reordered", line.n, `Line ${line.n} stands behind line ${expected - 1}.`);
      else find("duplicated", line.n, `Line ${line.n} stands behind line ${expected - 1} once more.`);
      before = undefined;
      return;
    }
    if (line.n > expected) {
      pass(expected, line.n);
    } else if (before !== undefined && line.previous !== before) {
      const [place, which] =
        line.n === 0 ? [0, "is not a first line"] : [line.n - 1, `is not what line ${line.n} follows`];
      find("changed", place, `Line ${place} ${which}: one of them was changed.`);
    }
    before = own;
    expected = line.n + 1;
  };

  /** What was found. */
  const end = (): readonly LogFinding[] => {
    for (const { from, to } of ranges) find("missing", from, `Lines ${from} to ${to - 1} are missing.`);
    for (const place of gaps) find("missing", place, `Line ${place} is missing.`);
    return findings;
  };
  return { add, end };
}

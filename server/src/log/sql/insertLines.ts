import type { Transaction, Value } from "../../database/index.ts";
import { decodeLine } from "../decodeLine.ts";
import { leafHash } from "../merkle/hash.ts";

/** Rows of one statement: a few sizes, so that statements stay prepared. */
const SIZES = [256, 64, 16, 4, 1];

/** Adds lines from a place on. A place that is taken is an error, so that a log never forks. */
export async function insertLines(own: Transaction, place: number, lines: readonly Uint8Array[]): Promise<void> {
  let done = 0;
  while (done < lines.length) {
    const size = SIZES.find((size) => size <= lines.length - done) ?? 1;
    const rows = lines.slice(done, done + size).map((raw, index): Value[] => {
      const line = decodeLine(raw);
      return [place + done + index, line?.kind === "decision" ? line.id : null, leafHash(raw), raw];
    });
    const marks = rows.map((_, row) => `($${row * 4 + 1}, $${row * 4 + 2}, $${row * 4 + 3}, $${row * 4 + 4})`);
    await own.run(`insert into decision_log (n, id, leaf, line) values ${marks.join(", ")}`, rows.flat());
    done += size;
  }
}

import { decodeLine } from "../decodeLine.ts";
import { LogDamagedError } from "../errors.ts";
import { type Hash, leafHash } from "../merkle/hash.ts";
import { HashTree } from "../merkle/hashTree.ts";
import { readSegment } from "./readSegment.ts";

/** A segment that was read as far as its lines are whole. */
export interface ScannedSegment {
  readonly tree: HashTree;
  /** Hash of its last line, or of the line before it where it has none. */
  readonly last: Hash;
  /** Bytes of its whole lines. What the file holds behind them was not whole when the writer died. */
  readonly length: number;
}

/**
 * Reads a segment, line by line as they were written.
 *
 * The last line may lack its end: its writer was killed. A line may hold bytes of zero, which JSON never does: the file had
 * grown and was not flushed when the machine lost power; that line and all behind it were told to nobody.
 *
 * @throws {LogDamagedError} A line was changed, removed or put elsewhere.
 */
export async function scanSegment(file: string, firstPlace: number, previous: Hash): Promise<ScannedSegment> {
  const tree = new HashTree();
  let last = previous;
  let length = 0;
  for await (const { raw, offset, isEnded } of readSegment(file)) {
    if (!isEnded || raw.includes(0)) break;
    const line = decodeLine(raw);
    const place = firstPlace + tree.size;
    if (line === undefined) throw new LogDamagedError(`line ${place} in ${file}`, "it cannot be read.");
    if (line.n !== place) throw new LogDamagedError(`line ${place} in ${file}`, `there stands line ${line.n}.`);
    if (line.previous !== Buffer.from(last).toString("hex")) {
      throw new LogDamagedError(`line ${place} in ${file}`, "it does not follow from the line before it.");
    }
    last = leafHash(raw);
    tree.push(last);
    length = offset + raw.length + 1;
  }
  return { tree, last, length };
}

import { createReadStream } from "node:fs";

/** A line of a file, without its end. */
export interface StoredLine {
  readonly raw: Uint8Array;
  /** Where it begins. */
  readonly offset: number;
  /** Whether the byte that ends a line is there: the last may lack it. */
  readonly isEnded: boolean;
}

const NEWLINE = 10;

/** Reads the lines of a file, up to before the byte `end` where given. */
export async function* readSegment(file: string, end?: number): AsyncGenerator<StoredLine> {
  if (end === 0) return;
  const stream = createReadStream(file, { highWaterMark: 1 << 18, ...(end === undefined ? {} : { end: end - 1 }) });
  let rest: Buffer = Buffer.alloc(0);
  let offset = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, start)) {
      yield { raw: bytes.subarray(start, at), offset: offset + start, isEnded: true };
      start = at + 1;
    }
    offset += start;
    rest = bytes.subarray(start);
  }
  if (rest.length > 0) yield { raw: rest, offset, isEnded: false };
}

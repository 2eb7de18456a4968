import { createReadStream } from "node:fs";

/** Whether a file has these bytes somewhere, up to before the byte `end` where given. */
export async function holds(file: string, bytes: Buffer, end?: number): Promise<boolean> {
  if (end === 0) return false;
  const stream = createReadStream(file, { highWaterMark: 1 << 20, ...(end === undefined ? {} : { end: end - 1 }) });
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (chunk.includes(bytes)) return true;
    // They may begin in one piece of the file and end in the next.
    const seam = Buffer.concat([rest, chunk.subarray(0, bytes.length)]);
    if (seam.includes(bytes)) return true;
    rest = (chunk.length < bytes.length ? seam : chunk).subarray(-bytes.length);
  }
  return false;
}

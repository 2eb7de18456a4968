// Files that somebody may have sent: read as far as makes sense, and refused in a sentence.
import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { UsageError } from "../errors/cliError.ts";
import { whyUnreadable } from "../errors/unreadable.ts";
import { surroundings } from "../surroundings.ts";

/** More than any file of Tenure's holds, and little enough for any machine (bytes). */
const MOST = 16 * 2 ** 20;

const CHUNK = 64 * 2 ** 10;

/** What is in a file of JSON, whatever it is. `name` is how the file is called in a refusal. */
export function readJsonFile(file: string, name = file): unknown {
  return parse(name, () => readBounded(file));
}

/** What is in the JSON that comes through stdin, however long whoever writes it takes. */
export async function readJsonStdin(): Promise<unknown> {
  const { stdin, terminal } = surroundings();
  // A terminal is asked for a password afterwards: as a stream, it would have ended.
  if (terminal !== undefined) return parse("stdin", () => readFileSync(terminal));
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of stdin as AsyncIterable<Buffer>) {
    pieces.push(piece);
    size += piece.length;
    if (size > MOST) break;
  }
  return parse("stdin", () => Buffer.concat(pieces));
}

function parse(name: string, read: () => Buffer): unknown {
  try {
    const bytes = read();
    if (bytes.length > MOST) throw new UsageError(`${name} cannot be read: it is larger than ${MOST / 2 ** 20} MiB.`);
    // Another encoding would change what was signed without a word. A byte order mark is none of the text.
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${name} cannot be read: ${whyUnreadable(error)}.`);
  }
}

/** All of a file, or a little more than the most: what a device or a pipe says may have no end. */
function readBounded(file: string): Buffer {
  const descriptor = openSync(surroundings().locate(file), "r");
  try {
    const chunks: Buffer[] = [];
    for (let size = 0; size <= MOST; ) {
      const chunk = Buffer.alloc(CHUNK);
      const length = readSync(descriptor, chunk);
      if (length === 0) break;
      chunks.push(chunk.subarray(0, length));
      size += length;
    }
    return Buffer.concat(chunks);
  } finally {
    closeSync(descriptor);
  }
}

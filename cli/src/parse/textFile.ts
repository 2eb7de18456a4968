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
  return reading(name, () => parseJson(readBounded(file)));
}

/** What is in the JSON that comes through stdin, however long whoever writes it takes. */
export async function readJsonStdin(): Promise<unknown> {
  const bytes = await readStdin();
  return reading("stdin", () => parseJson(bounded(bytes)));
}

/** The bytes of a file, or of stdin where it is "-". */
export async function readBytes(file: string): Promise<Buffer> {
  if (file !== "-") return reading(file, () => bounded(readBounded(file)));
  const bytes = await readStdin();
  return reading("stdin", () => bounded(bytes));
}

/** The text of a file, or of stdin where it is "-". */
export async function readText(file: string): Promise<string> {
  const bytes = await readBytes(file);
  return reading(file === "-" ? "stdin" : file, () => textOf(bytes));
}

async function readStdin(): Promise<Buffer> {
  const { stdin, terminal } = surroundings();
  // A terminal is asked for a password afterwards: as a stream, it would have ended.
  if (terminal !== undefined) return reading("stdin", () => readFileSync(terminal));
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of stdin as AsyncIterable<Buffer>) {
    pieces.push(piece);
    size += piece.length;
    if (size > MOST) break;
  }
  return Buffer.concat(pieces);
}

function bounded(bytes: Buffer): Buffer {
  if (bytes.length <= MOST) return bytes;
  throw new TooLargeError();
}

/** Another encoding would change what was signed without a word. A byte order mark is none of the text. */
function textOf(bytes: Buffer): string {
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}

function parseJson(bytes: Buffer): unknown {
  return JSON.parse(textOf(bounded(bytes)));
}

function reading<result>(name: string, read: () => result): result {
  try {
    return read();
  } catch (error) {
    const why = error instanceof TooLargeError ? `it is larger than ${MOST / 2 ** 20} MiB` : whyUnreadable(error);
    throw new UsageError(`${name} cannot be read: ${why}.`);
  }
}

class TooLargeError extends Error {
  override readonly name = "TooLargeError";
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

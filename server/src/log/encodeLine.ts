import { randomFillSync } from "node:crypto";
import type { LogEntry, LogLine } from "./entry.ts";
import { LogLineTooLongError } from "./errors.ts";
import type { Hash } from "./merkle/hash.ts";

/** Bytes of the longest line. */
export const MAX_LINE = 256 * 1024;

const encoder = new TextEncoder();

/** What a line says, as the JSON that goes into it. */
export function encodeEntry(entry: LogEntry): string {
  const text = JSON.stringify(entry, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value));
  const bytes = Buffer.byteLength(text);
  // A kilobyte is more than what binds a line to the others takes.
  if (bytes > MAX_LINE - 1024) throw new LogLineTooLongError(bytes, MAX_LINE - 1024);
  return text;
}

/** Random bytes are fetched for many lines at once: each fetch takes as long as writing a line does. */
const SALT_BYTES = 16;
const salts = Buffer.alloc(256 * SALT_BYTES);
let taken = salts.length;

function nextSalt(): string {
  if (taken === salts.length) {
    randomFillSync(salts);
    taken = 0;
  }
  taken += SALT_BYTES;
  return salts.toString("hex", taken - SALT_BYTES, taken);
}

/** A line without its end: its bytes are what is hashed, so nobody ever has to write it again the same way. */
export function encodeLine(entry: string, n: number, previous: Hash, at: number): Uint8Array {
  const header: Omit<LogLine, keyof LogEntry> = {
    v: 1,
    n,
    previous: Buffer.from(previous).toString("hex"),
    salt: nextSalt(),
    at,
  };
  return encoder.encode(`${JSON.stringify(header).slice(0, -1)},${entry.slice(1)}`);
}

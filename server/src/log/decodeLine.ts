import type { LogLine } from "./entry.ts";

const decoder = new TextDecoder("utf-8", { fatal: true });
const KINDS: readonly unknown[] = ["decision", "anchor", "cut"];

/** Reads a line; `undefined` where it is none of this format. Beyond what binds it to others, its content is taken as it is. */
export function decodeLine(raw: Uint8Array): LogLine | undefined {
  try {
    const line: LogLine = JSON.parse(decoder.decode(raw));
    const isBound = line.v === 1 && Number.isSafeInteger(line.n) && /^[0-9a-f]{64}$/.test(line.previous);
    return isBound && typeof line.at === "number" && KINDS.includes(line.kind) ? line : undefined;
  } catch {
    return undefined;
  }
}

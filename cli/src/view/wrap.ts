import type { Output } from "../surroundings.ts";
import { textWidth } from "./width.ts";

/** What steers colours takes no room. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what escapes begin with
const ESCAPE = /\u001b\[[\d;]*m/g;

/** Ideographs, syllables and pictures are two columns wide. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** A text as it is read. */
export function withoutColors(text: string): string {
  return text.replace(ESCAPE, "");
}

/** How many columns a text takes. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of withoutColors(text)) {
    if (!/[\p{M}\p{Cf}]/u.test(character)) columns += WIDE.test(character) ? 2 : 1;
  }
  return columns;
}

/** The beginning of a word, where it takes more columns than there are. */
export function cut(word: string, width: number): string {
  let columns = 0;
  let fits = "";
  for (const character of word) {
    columns += columnsOf(character);
    if (columns > width) return `${fits}…`;
    if (columns < width) fits += character;
  }
  return word;
}

/**
 * A text in lines of at most so many columns, broken between words alone: addresses, hashes and places stay whole, and may be
 * longer than that. Lines that follow begin with `indent`.
 */
export function wrap(text: string, width: number, indent = ""): string {
  const lines: string[] = [];
  let line: string | undefined;
  for (const word of text.split(" ")) {
    if (line !== undefined && columnsOf(line) + 1 + columnsOf(word) > width) {
      lines.push(line);
      line = `${indent}${word}`;
    } else {
      line = line === undefined ? word : `${line} ${word}`;
    }
  }
  return [...lines, line ?? ""].join("\n");
}

/** Sentences as wide as the stream's terminal, and what is drawn in columns as it is. */
export function fitted(text: string, stream: Output): string {
  const width = textWidth(stream);
  return text
    .split("\n")
    .map((line) => {
      const [margin = ""] = /^ */.exec(line) ?? [];
      const isDrawn = /\S {2,}\S|^ *[│╭╰├]/.test(withoutColors(line));
      return isDrawn ? line : wrap(line, width, margin || "  ");
    })
    .join("\n");
}

// Rows of a label and what there is to say.
import { colors } from "./colors.ts";
import { clip, plain } from "./text.ts";
import { cut, wrap } from "./wrap.ts";

/** Columns of a label. */
export const LABEL = 12;

/** A stranger's text gets no more lines. */
const MOST_LINES = 3;

/** One line, which is known to fit. */
export function line(label: string, text: string): string {
  return `${colors().dim(label.padEnd(LABEL))}${text}`;
}

/** What may be long, or a stranger's: broken between words, and cut where it has none. */
export function row(label: string, text: string, room: number, color: (text: string) => string = String): string[] {
  const words = clip(plain(text), MOST_LINES * room).split(" ");
  const lines = wrap(words.map((word) => cut(word, room)).join(" "), room).split("\n");
  return lines.slice(0, MOST_LINES).map((part, index) => line(index === 0 ? label : "", color(part)));
}

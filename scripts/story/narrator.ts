import { isDeepStrictEqual, styleText } from "node:util";
import { table } from "../lib/table.ts";

const WIDTH = 90;
const INDENT = "   ";

/** A fact of the story that the chain does not confirm. */
export class WrongFactError extends Error {
  override name = "WrongFactError";
}

/** Tells the story. Colour appears only on a terminal that wants it. */
export class Narrator {
  #chapter = 0;

  title(text: string): void {
    console.log(`\n${styleText("bold", text)}`);
  }

  chapter(text: string): void {
    this.#chapter += 1;
    console.log(`\n${styleText(["bold", "cyan"], String(this.#chapter))}  ${styleText("bold", text)}`);
  }

  /** A paragraph. */
  say(text: string): void {
    console.log(wrap(text, INDENT));
  }

  /** An empty line. */
  pause(): void {
    console.log();
  }

  /** Somebody was refused, and why. */
  refused(attempt: string, reason: string): void {
    const why = wrap(`Refused: ${reason}`, `${INDENT}  `)
      .split("\n")
      .map((line) => styleText("yellow", line));
    console.log([`${INDENT}${styleText("yellow", "✗")} ${attempt}`, ...why].join("\n"));
  }

  table(head: readonly string[], rows: readonly (readonly string[])[], align: ("left" | "right")[] = []): void {
    const lines = table(head, rows, align).split("\n");
    console.log(`\n${lines.map((line) => ` ${line}`).join("\n")}\n`);
  }

  /** A fact, read back from the chain. A wrong one ends the story. */
  fact(text: string, found: unknown, expected: unknown): void {
    if (!isDeepStrictEqual(found, expected)) {
      throw new WrongFactError(`"${text}" does not hold: expected ${show(expected)}, the chain says ${show(found)}.`);
    }
    console.log(`${INDENT}${styleText("green", "✓")} ${text}`);
  }
}

function wrap(text: string, indent: string): string {
  const lines: string[] = [""];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1) ?? "";
    if (last !== "" && indent.length + last.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return lines.map((line) => `${indent}${line}`).join("\n");
}

function show(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => (typeof inner === "bigint" ? `${inner}n` : inner)) ?? "nothing";
}

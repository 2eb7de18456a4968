import { createHash } from "node:crypto";
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Verdict } from "./judge.ts";

/** What was tried, and what became of it. */
export type Result<Facts> = Facts & Verdict;

/** Names a text, briefly: what was found out about another text says nothing about this one. */
export const digestOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 12);

/** A file of results, one a line. */
export class Results<Facts extends object> {
  readonly #file: string;
  readonly #keyOf: (facts: Facts) => string;

  constructor(name: string, keyOf: (facts: Facts) => string) {
    this.#file = path.resolve(import.meta.dirname, name);
    this.#keyOf = keyOf;
  }

  read(): Result<Facts>[] {
    if (!existsSync(this.#file)) return [];
    const lines = readFileSync(this.#file, "utf8").split("\n").filter(Boolean);
    return lines.map((line) => JSON.parse(line) as Result<Facts>);
  }

  /** What is known of these; what is known of anything else, such as an earlier text of a contract, is thrown away. */
  keepOnly(all: readonly Facts[]): Set<string> {
    const wanted = new Set(all.map(this.#keyOf));
    const kept = this.read().filter((result) => wanted.has(this.#keyOf(result)));
    writeFileSync(this.#file, kept.map((result) => `${JSON.stringify(result)}\n`).join(""));
    return new Set(kept.map(this.#keyOf));
  }

  add(result: Result<Facts>): void {
    appendFileSync(this.#file, `${JSON.stringify(result)}\n`);
  }
}

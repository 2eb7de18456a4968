import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "./compiler.ts";
import type { Failure } from "./suites.ts";

type Test = Pick<Failure, "file" | "title">;

interface Place {
  file: string;
  line: number;
}

/** A test, and the place of a mistake that it noticed. */
interface Kill {
  place: Place;
  test: Test;
}

/** How many tests to begin with: one by one they cost little, and most mistakes are noticed by what noticed the last. */
const MOST = 8;

/** What was learned goes on to the next run, and to one beside it. Whatever it says is only tried first. */
const FILE = path.join(ROOT, "cache/mutation-neighbours.jsonl");

/** Remembers which test noticed a mistake where. What stands side by side is mostly noticed by the same tests. */
export class Neighbours {
  learn(place: Place, { file, title }: Test): void {
    mkdirSync(path.dirname(FILE), { recursive: true });
    appendFileSync(FILE, `${JSON.stringify({ place, test: { file, title } } satisfies Kill)}\n`);
  }

  /** The tests that noticed what was wrong in that file, from the nearest line on. */
  of(place: Place): Test[] {
    const tests = new Map(this.#from(place).map((test) => [`${test.file}|${test.title}`, test]));
    return [...tests.values()].slice(0, MOST);
  }

  /** The files of such tests, in the same order. */
  filesOf(place: Place): string[] {
    return [...new Set(this.#from(place).map(({ file }) => file))].slice(0, MOST);
  }

  #from({ file, line }: Place): Test[] {
    const distance = (place: Place) => Math.abs(place.line - line);
    return this.#read()
      .filter(({ place, test }) => place.file === file && existsSync(path.join(ROOT, test.file)))
      .toSorted((one, other) => distance(one.place) - distance(other.place))
      .map(({ test }) => test);
  }

  #read(): Kill[] {
    if (!existsSync(FILE)) return [];
    const lines = readFileSync(FILE, "utf8").split("\n").filter(Boolean);
    return lines.map((line) => JSON.parse(line) as Kill);
  }
}

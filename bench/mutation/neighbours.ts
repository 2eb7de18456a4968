import type { Failure } from "./suites.ts";

type Test = Pick<Failure, "file" | "title">;

interface Place {
  file: string;
  line: number;
}

/** How many tests to begin with: one by one they cost little, and most mistakes are noticed by what noticed the last. */
const MOST = 6;

/** Remembers which test noticed a mistake where. What stands side by side is mostly noticed by the same tests. */
export class Neighbours {
  readonly #kills: { place: Place; test: Test }[] = [];

  learn(place: Place, { file, title }: Test): void {
    this.#kills.push({ place, test: { file, title } });
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
    return this.#kills
      .filter(({ place }) => place.file === file)
      .toSorted((one, other) => distance(one.place) - distance(other.place))
      .map(({ test }) => test);
  }
}

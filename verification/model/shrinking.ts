import { array, asyncProperty, check, nat, noShrink } from "fast-check";
import type { Look } from "./command.ts";
import type { Opening } from "./opening.ts";
import { type Failure, type Line, runAll } from "./program.ts";

/** What is left of a program that fails, and how that fails. */
export interface Shrunk {
  lines: Line[];
  failure: Failure;
}

/**
 * How closely the commands before the last one look, the fastest first: nearly everything that goes wrong still shows
 * after the last one, or is refused by one of both on the way there.
 */
const LOOKS: [others: Look, last: Look][] = [
  ["passes", "asks after a change"],
  ["sends", "asks"],
  ["asks", "asks"],
];

/**
 * Leaves out of a program that fails whatever it fails without. fast-check chooses what to try next. It is given the
 * program as a list of numbers, and not by `commands`, which cannot shrink a program that it has not made: one of a
 * length that somebody asked for, and that ends with the command that failed.
 */
export async function shrink(lines: readonly Line[], opening: Opening): Promise<Shrunk | undefined> {
  const last = lines.length - 1;
  const numbers = array(noShrink(nat(last)), { maxLength: lines.length, size: "max" });
  for (const [look, lastLook] of LOOKS) {
    let shrunk: Shrunk | undefined;
    const property = asyncProperty(numbers, async (kept) => {
      const left = kept.flatMap((number) => lines[number] ?? []);
      const play = await opening.again();
      const failure = await runAll(left, play, opening, (index) => (index < left.length - 1 ? look : lastLook));
      // fast-check goes on from whatever failed last.
      if (failure !== undefined) shrunk = { lines: left.slice(0, failure.at + 1), failure };
      return failure === undefined;
    });
    await check(property, { examples: [[lines.map((_, number) => number)]], numRuns: 1 });
    if (shrunk !== undefined) return shrunk;
  }
  return undefined;
}

import { asyncModelRun } from "fast-check";
import { Command, type Look } from "./command.ts";
import type { Opening } from "./opening.ts";
import type { Play } from "./play.ts";
import { Chance } from "./program/chance.ts";

/** A command to be made, and its place in the whole program. */
export interface Line {
  number: number;
  seed: number;
  /** When it happens, where that is not left to chance. */
  moment?: bigint;
}

/** So many random commands, and one more at each of the moments. A longer program of a seed begins like a shorter one. */
export function programOf(seed: number, steps: number, moments: readonly bigint[] = []): Line[] {
  const chance = new Chance(seed);
  const times = [...Array<undefined>(steps).fill(undefined), ...moments];
  return times.map((moment, number) => {
    return { number, seed: Number(chance.between(0n, 2n ** 31n - 1n)), ...(moment !== undefined && { moment }) };
  });
}

/** Something that the contracts and the rules disagree about. */
export interface Failure {
  /** Which of the commands was at work. */
  at: number;
  error: unknown;
  /** What was called, the call that failed included. */
  story: string[];
}

/** Runs commands, each of which looks as closely as is said. */
export async function runAll(
  lines: readonly Line[],
  play: Play,
  { chain }: Pick<Opening, "chain">,
  lookOf: (index: number) => Look = () => "asks",
): Promise<Failure | undefined> {
  const commands = lines.map(({ seed, moment }, index) => new Command(seed, moment, lookOf(index)));
  try {
    await asyncModelRun(() => ({ model: play, real: chain }), commands);
    return undefined;
  } catch (error) {
    return { at: play.begun - 1, error, story: play.story() };
  }
}

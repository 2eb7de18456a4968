import type { Variant } from "./chain.ts";
import { open } from "./opening.ts";
import type { Belief } from "./play.ts";
import { type Failure, programOf, runAll } from "./program.ts";
import type { Scenario } from "./scenarios.ts";
import { type Shrunk, shrink } from "./shrinking.ts";
import type { Tally } from "./tally.ts";

export interface Options {
  variant?: Variant;
  /** After the steps, one more happens at each of these. */
  moments?: readonly bigint[];
  /** Which commands are left of the program, by their numbers; all, if nothing is said. */
  only?: readonly number[];
  /** What is believed of each action; the rules, if nothing is said. */
  belief?: Belief;
  /** Whether a program that fails is shrunk, which takes minutes; yes, if nothing is said. */
  shrinks?: boolean;
}

/** A program after which the contracts and the rules disagree. */
export class Divergence extends Error {
  override readonly name = "Divergence";
  /** What is left of it, where it was shrunk. */
  readonly shrunk: Shrunk | undefined;

  constructor(where: string, { error, story }: Failure, shrunk?: { text: string; shrunk: Shrunk }) {
    const why = error instanceof Error ? error.message : String(error);
    const lines = [`${where}, ${story.at(-1) ?? ""}`, why, ...(shrunk ? ["", shrunk.text] : [])];
    super(lines.join("\n"), { cause: error });
    this.shrunk = shrunk?.shrunk;
  }
}

/** What is left of a program, for a reader, and how to play that again. */
function textOf({ lines, failure }: Shrunk, scenario: Scenario, seed: number, steps: number): string {
  const { error, story } = failure;
  return [
    `Commands that are left of it, after what the scenario begins with: ${lines.length}`,
    ...story.map((call) => `  ${call}`),
    error instanceof Error ? error.message : String(error),
    "",
    `To play only these: TENURE_SEED=${seed} TENURE_STEPS=${steps} TENURE_ONLY=${lines.map(({ number }) => number).join()} npm run test:model -- --grep "${scenario.name}"`,
  ].join("\n");
}

/**
 * Runs one random program against the contracts and against the rules, and compares all there is after each step.
 *
 * @throws Divergence, with the program shrunk to the commands that it takes
 */
export async function run(scenario: Scenario, seed: number, steps: number, options: Options = {}): Promise<Tally> {
  const { variant = {}, moments, only, belief = ({ rule }) => rule, shrinks = true } = options;
  const opening = await open(scenario, seed, variant, belief);
  const program = programOf(seed, steps, moments).filter(({ number }) => only === undefined || only.includes(number));
  const failure = await runAll(program, opening.play, opening);
  if (failure === undefined) return opening.play.tally;
  const shrunk = shrinks ? await shrink(program.slice(0, failure.at + 1), opening) : undefined;
  throw new Divergence(
    `${scenario.name}, seed ${seed}, command ${program[failure.at]?.number}`,
    failure,
    shrunk && { shrunk, text: textOf(shrunk, scenario, seed, steps) },
  );
}

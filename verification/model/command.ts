import type { AsyncCommand } from "fast-check";
import type { Chain } from "./chain.ts";
import type { Play } from "./play.ts";
import { nextAction } from "./program/author.ts";
import { Chance } from "./program/chance.ts";
import { nextMoment } from "./program/clock.ts";

/** How closely a command looks. */
export type Look =
  /** It asks whatever can be asked. */
  | "asks"
  /** As that, where something has changed by the rules. */
  | "asks after a change"
  /** It compares the error and the logs. */
  | "sends"
  /** As that, and what the rules refuse is not even sent. */
  | "passes";

/**
 * One step of a program. It carries no more than a seed, with which its action is written when it runs, out of what
 * there is then: whichever commands are left out before it, it is an action that somebody could well try.
 */
export class Command implements AsyncCommand<Play, Chain> {
  readonly #seed: number;
  readonly #moment: bigint | undefined;
  readonly #look: Look;

  constructor(seed: number, moment: bigint | undefined, look: Look) {
    this.#seed = seed;
    this.#moment = moment;
    this.#look = look;
  }

  check({ isOver }: Readonly<Play>): boolean {
    return !isOver;
  }

  async run(play: Play): Promise<void> {
    const { scene } = play;
    play.begun += 1;
    scene.chance = new Chance(this.#seed);
    const now = this.#moment ?? nextMoment(scene);
    play.isOver = now === undefined;
    if (now === undefined) return;
    scene.state = { ...scene.state, now };
    const action = nextAction(scene);
    const isRefused = play.isRefused(action);
    if (this.#look === "passes" && isRefused) return;
    const asks = this.#look === "asks" || (this.#look === "asks after a change" && !isRefused);
    await (asks ? play.step(action) : play.send(action));
  }

  toString(): string {
    return `command ${this.#seed}`;
  }
}

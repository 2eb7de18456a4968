import { expect } from "chai";
import type { Chain } from "./chain.ts";
import type { Comparison } from "./comparison.ts";
import type { Action } from "./program/action.ts";
import type { Scene } from "./program/scene.ts";
import { Refusal } from "./rules/refusal.ts";
import type { State } from "./rules/state.ts";
import { emptyTally, note } from "./tally.ts";
import { callOf } from "./words.ts";

/** What an action is believed to do: tests of the shrinking believe something wrong. */
export type Belief = (action: Action) => Action["rule"];

interface Call {
  action: Action;
  at: bigint;
  refusal: Refusal | undefined;
}

/** A program under way: the scene as the rules have it, beside the chain. */
export class Play {
  readonly scene: Scene;
  readonly tally = emptyTally();
  readonly calls: Call[] = [];
  /** How many commands have begun. */
  begun = 0;
  /** The last second there is lies behind. */
  isOver = false;
  readonly #chain: Chain;
  readonly #comparison: Comparison;
  readonly #belief: Belief;

  constructor(scene: Scene, chain: Chain, comparison: Comparison, belief: Belief) {
    this.scene = scene;
    this.#chain = chain;
    this.#comparison = comparison;
    this.#belief = belief;
  }

  /** Sends an action, and compares error and logs with what the rules say. */
  async send(action: Action): Promise<Refusal | undefined> {
    const { scene } = this;
    const { after, refusal } = this.#foretell(action);
    this.calls.push({ action, at: after.now, refusal });
    const { failure, logs } = await this.#chain.send(action, after.now);
    expect(failure, "error").to.deep.equal(refusal && { error: refusal.error, args: refusal.args });
    expect(logs, "logs").to.deep.equal(after.logs);
    scene.state = after;
    return refusal;
  }

  /** As `send`; then whatever can be asked is asked, and compared too. */
  async step(action: Action): Promise<void> {
    const before = this.scene.state;
    const refusal = await this.send(action);
    const { state, actors } = this.scene;
    this.tally.views += await this.#comparison.check(
      state,
      actors.map(({ address }) => address),
    );
    note(this.tally, action, before, state, refusal);
  }

  /** What was called so far, one call a line. */
  story(): string[] {
    return this.calls.map(({ action, at, refusal }) => {
      return `at ${at}, ${callOf(action, this.scene.actors)}${refusal === undefined ? "" : `: refused, ${refusal.error}`}`;
    });
  }

  /** Whether the rules refuse it as things are. */
  isRefused(action: Action): boolean {
    return this.#foretell(action).refusal !== undefined;
  }

  /** What the rules say happens: the state after it, or the refusal and the state before. */
  #foretell(action: Action): { after: State; refusal: Refusal | undefined } {
    const before = this.scene.state;
    const after = structuredClone(before);
    after.logs = [];
    try {
      this.#belief(action)(after, action.caller);
      return { after, refusal: undefined };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { after: { ...before, logs: [] }, refusal: error };
    }
  }
}

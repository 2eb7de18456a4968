import { expect } from "chai";
import { type Chain, openChain, type Variant } from "./chain.ts";
import { Comparison } from "./comparison.ts";
import { type Mark, marksOf } from "./marks.ts";
import type { Action } from "./program/action.ts";
import { actor } from "./program/actors.ts";
import { nextAction } from "./program/author.ts";
import { Chance } from "./program/chance.ts";
import { nextMoment } from "./program/clock.ts";
import { identityActions } from "./program/identityActions.ts";
import { plots } from "./program/plots.ts";
import { Scene } from "./program/scene.ts";
import { Refusal } from "./rules/refusal.ts";
import { emptyState, type State } from "./rules/state.ts";
import { type Scenario, START } from "./scenarios.ts";

export interface Tally {
  steps: number;
  succeeded: number;
  views: number;
  /** How often each action went through, and how often it was refused, by its registry and name. */
  actions: Map<string, [succeeded: number, refused: number]>;
  /** How often each error was met. */
  errors: Map<string, number>;
  /** How often each rare thing happened. */
  marks: Map<Mark, number>;
}

export function emptyTally(): Tally {
  return { steps: 0, succeeded: 0, views: 0, actions: new Map(), errors: new Map(), marks: new Map() };
}

export function count<Name>(counts: Map<Name, number>, name: Name, more = 1): void {
  counts.set(name, (counts.get(name) ?? 0) + more);
}

/** What the rules say happens: the state after it, or the refusal and the state before. */
function foretell(before: State, { rule, caller }: Action): { after: State; refusal?: Refusal } {
  const after = structuredClone(before);
  after.logs = [];
  try {
    rule(after, caller);
    return { after };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { after: { ...before, logs: [] }, refusal: error };
  }
}

/** Sends an action, and compares what happens with what the rules say. */
async function step(scene: Scene, chain: Chain, action: Action): Promise<Refusal | undefined> {
  const { after, refusal } = foretell(scene.state, action);
  const { failure, logs } = await chain.send(action, after.now);
  expect(failure, "error").to.deep.equal(refusal && { error: refusal.error, args: refusal.args });
  expect(logs, "logs").to.deep.equal(after.logs);
  scene.state = after;
  return refusal;
}

async function open({ parameters, favoured = [] }: Scenario, chance: Chance, variant: Variant) {
  const chain = await openChain(parameters, START, variant);
  const actors = [0, 1, 2, 3, 4, 5].map(actor);
  const state = emptyState(parameters, START);
  for (const number of [6, 7]) {
    const { key, address: signer } = actor(number);
    const address = await chain.openAccount(signer);
    actors.push({ address, key });
    state.smartAccounts.set(address, signer);
  }
  state.now = await chain.now();
  return { scene: new Scene(chance, chain.chainId, chain.addresses, actors, state, favoured), chain };
}

/** Rotates the key of a first identity so many times, without a look at anything else. */
async function wear(scene: Scene, chain: Chain, rotations: number): Promise<void> {
  const { register, rotateKey } = identityActions;
  if (register === undefined || rotateKey === undefined) throw new Error("no such actions");
  while ((scene.state.agents[0]?.keyEpoch ?? -1n) < rotations) {
    scene.state = { ...scene.state, now: scene.state.now + 1n };
    await step(scene, chain, scene.state.agents.length === 0 ? register(scene) : rotateKey(scene));
  }
}

/**
 * Runs one random program against the contracts and against the rules, and compares all there is after each step. After
 * so many steps, one more happens at each of the moments.
 */
export async function run(
  scenario: Scenario,
  seed: number,
  steps: number,
  variant: Variant = {},
  moments: readonly bigint[] = [],
): Promise<Tally> {
  const { scene, chain } = await open(scenario, new Chance(seed), variant);
  const comparison = new Comparison(chain);
  const tally = emptyTally();
  if (scenario.rotations > 0) await wear(scene, chain, scenario.rotations);
  const later = [...moments];
  const plot = scenario.hasPlots ? plots(scene) : undefined;
  let told = 0;
  while (tally.steps < steps + told + moments.length) {
    const turn = scene.state.agents.length < 4 ? undefined : plot?.next().value;
    if (turn) told += 1;
    const random = () => (tally.steps < steps + told ? nextMoment(scene) : later.shift());
    const now = turn ? scene.state.now + turn.after : random();
    if (now === undefined) break;
    scene.state = { ...scene.state, now };
    const action = turn?.action ?? nextAction(scene);
    const before = scene.state;
    try {
      const refusal = await step(scene, chain, action);
      await comparison.check(
        scene.state,
        scene.actors.map(({ address }) => address),
      );
      const name = `${action.registry}.${action.name}`;
      const counts = tally.actions.get(name) ?? [0, 0];
      counts[refusal === undefined ? 0 : 1] += 1;
      tally.actions.set(name, counts);
      if (refusal === undefined) tally.succeeded += 1;
      else count(tally.errors, refusal.error);
      if (refusal === undefined) for (const mark of marksOf(before, scene.state, action)) count(tally.marks, mark);
    } catch (error) {
      const { name, caller, args } = action;
      const text = JSON.stringify(args, (_, part: unknown) => (typeof part === "bigint" ? `${part}` : part));
      const where = `${scenario.name}, seed ${seed}, step ${tally.steps}, at ${scene.state.now}: ${name} by ${caller} ${text}`;
      throw new Error(`${where}\n${error instanceof Error ? error.message : error}`, { cause: error });
    }
    tally.steps += 1;
  }
  tally.views = comparison.count;
  return tally;
}

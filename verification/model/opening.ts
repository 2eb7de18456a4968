import { type Chain, openChain, type Variant } from "./chain.ts";
import { Comparison } from "./comparison.ts";
import { type Belief, Play } from "./play.ts";
import { actor } from "./program/actors.ts";
import { nextAction } from "./program/author.ts";
import { Chance } from "./program/chance.ts";
import { nextMoment } from "./program/clock.ts";
import { identityActions } from "./program/identityActions.ts";
import { plots } from "./program/plots.ts";
import { Scene } from "./program/scene.ts";
import { emptyState } from "./rules/state.ts";
import { type Scenario, START } from "./scenarios.ts";

/** What lies before a program's first command. */
export interface Opening {
  play: Play;
  chain: Chain;
  /** The same play where the first command begins, on a chain taken back to there. */
  again(): Promise<Play>;
}

/** Rotates the key of a first identity so many times, without a look at anything else. */
async function wear(play: Play, rotations: number): Promise<void> {
  const { register, rotateKey } = identityActions;
  if (register === undefined || rotateKey === undefined) throw new Error("no such actions");
  const { scene } = play;
  while ((scene.state.agents[0]?.keyEpoch ?? -1n) < rotations) {
    scene.state = { ...scene.state, now: scene.state.now + 1n };
    await play.send(scene.state.agents.length === 0 ? register(scene) : rotateKey(scene));
  }
}

/** Plays what chance alone hardly ever tells in order, once there are enough for it. */
async function tell(play: Play): Promise<void> {
  const { scene } = play;
  while (scene.state.agents.length < 4) {
    scene.state = { ...scene.state, now: nextMoment(scene) ?? scene.state.now };
    await play.step(nextAction(scene));
  }
  for (const { action, after } of plots(scene)) {
    scene.state = { ...scene.state, now: scene.state.now + after };
    await play.step(action);
  }
}

/** The registries on a chain without anything else, and the people; then what the scenario begins with. */
export async function open(scenario: Scenario, seed: number, variant: Variant, belief: Belief): Promise<Opening> {
  const { parameters, favoured = [], rotations, hasPlots = false } = scenario;
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
  const first = new Scene(new Chance(seed), chain.chainId, chain.addresses, actors, state, favoured);
  // One for all: what answered right before need not be read again.
  const comparison = new Comparison(chain);
  const play = new Play(first, chain, comparison, belief);
  try {
    if (rotations > 0) await wear(play, rotations);
    if (hasPlots) await tell(play);
  } catch (error) {
    const where = `${scenario.name}, seed ${seed}, before the first command, ${play.story().at(-1)}`;
    throw new Error(`${where}\n${error instanceof Error ? error.message : error}`, { cause: error });
  }
  const scene = play.scene.fork();
  const goBack = await chain.snapshot();
  const again = async () => {
    await goBack();
    return new Play(scene.fork(), chain, comparison, belief);
  };
  return { play, chain, again };
}

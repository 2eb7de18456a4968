import { currentPeriod, LAST_PERIOD } from "../rules/periods.ts";
import { ChangeKind } from "../rules/state.ts";
import { least } from "../rules/tenure.ts";
import type { Scene } from "./scene.ts";

/** The seconds at which something changes by itself, and their neighbours. */
function edgesOfWindows({ state }: Scene): bigint[] {
  const { origin, period, recoveryDelay, maxSilence } = state.parameters;
  const border = origin + (currentPeriod(state) + 1n) * period;
  const ready = state.agents
    .filter(({ pending }) => pending.kind !== ChangeKind.None)
    .flatMap(({ pending }) => [pending.readyAt, pending.readyAt + recoveryDelay]);
  const silences = state.agents.map(({ lastSeen }) => lastSeen + maxSilence);
  const moments = [border, border, ...ready, ...silences].flatMap((moment) => [moment - 1n, moment, moment + 1n]);
  return moments.filter((moment) => moment > state.now);
}

/** A moment at which some change that waits can be completed. */
function whenReady({ chance, state }: Scene): bigint | undefined {
  const readyTimes = state.agents.map(({ pending }) => pending.readyAt).filter((readyAt) => readyAt > state.now);
  if (readyTimes.length === 0) return undefined;
  const readyAt = chance.pick(readyTimes);
  return chance.between(readyAt, readyAt + state.parameters.recoveryDelay);
}

/** When the next action happens, if there is time left before the horizon: in the same second, at once, soon, on an edge of a window, some periods or many years later. */
export function nextMoment(scene: Scene): bigint | undefined {
  const { chance, state } = scene;
  const { period, maxSilence } = state.parameters;
  const last = state.parameters.origin + (LAST_PERIOD + 1n) * period - 1n;
  const edges = edgesOfWindows(scene);
  const ready = whenReady(scene);
  let next = state.now + chance.between(1n, least(600n, period / 9n));
  if (ready !== undefined && chance.happens(0.15)) next = ready;
  else if (edges.length > 0 && chance.happens(0.1)) next = chance.pick(edges);
  else if (chance.happens(0.1)) next = state.now + chance.between(1n, maxSilence);
  else if (chance.happens(0.04)) next = state.now + chance.between(1n, period);
  else if (chance.happens(0.01)) next = state.now + chance.between(1n, 9n * period);
  else if (chance.happens(0.06)) next = state.now;
  else if (chance.happens(0.003)) next = state.now + chance.between(1n, 300n * period);
  if (next > last) next = state.now + 1n;
  return next > last ? undefined : next;
}

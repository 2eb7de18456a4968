import { type Agent, type State, Status } from "./state.ts";

export function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

/** Seconds of the silence until now that will never count. */
export function excess({ parameters, now }: State, agent: Agent): bigint {
  const silence = now - agent.lastSeen;
  return silence - least(silence, parameters.maxSilence);
}

/** Retiring was the last check-in: nothing counts after it. */
export function tenureOf(state: State, agent: Agent | undefined): bigint {
  if (agent === undefined) return 0n;
  const untilLastSeen = agent.lastSeen - agent.firstSeen - agent.lost;
  if (agent.status === Status.Retired) return untilLastSeen;
  return untilLastSeen + least(state.now - agent.lastSeen, state.parameters.maxSilence);
}

export function checkIn(state: State, agent: Agent): void {
  agent.lost += excess(state, agent);
  agent.lastSeen = state.now;
}

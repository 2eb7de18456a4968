import type { Agent, State } from "./state.ts";

export function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

/** Nothing but a check-in changes it: neither time nor any other action. */
export function tenureOf(agent: Agent | undefined): bigint {
  return agent?.tenure ?? 0n;
}

/** What a check-in now would be credited. */
export function credit({ parameters, now }: State, agent: Agent): bigint {
  return least(now - agent.lastSeen, parameters.maxSilence);
}

export function checkIn(state: State, agent: Agent): void {
  agent.tenure += credit(state, agent);
  agent.lastSeen = state.now;
}

import { find } from "./lookups.ts";
import { currentPeriod } from "./periods.ts";
import { refuse } from "./refusal.ts";
import type { Burns, State } from "./state.ts";
import { credit, least, tenureOf } from "./tenure.ts";

export function burnsOf(state: State, id: bigint): Burns {
  return state.burns.get(id) ?? { burned: 0n, scars: 0n };
}

export function standing(state: State, id: bigint): bigint {
  const { unit, cap } = state.parameters;
  return least(tenureOf(find(state, id)) / unit, cap) - burnsOf(state, id).burned;
}

/** Points that are staked, or still in their tail. */
export function staked(state: State, id: bigint): bigint {
  const current = currentPeriod(state);
  return state.edges
    .filter(({ voucherId, releasePeriod }) => voucherId === id && releasePeriod >= current)
    .reduce((sum, { stake }) => sum + stake, 0n);
}

/** What a check-in now would add. */
function earnable(state: State, id: bigint): bigint {
  const { unit, cap } = state.parameters;
  const agent = find(state, id);
  const tenure = tenureOf(agent);
  const then = tenure + (agent === undefined ? 0n : credit(state, agent));
  return least(then / unit, cap) - least(tenure / unit, cap);
}

export function requireFree(state: State, id: bigint, needed: bigint): void {
  const free = standing(state, id) - staked(state, id);
  if (needed > free) refuse("InsufficientStanding", id, free, needed, earnable(state, id));
}

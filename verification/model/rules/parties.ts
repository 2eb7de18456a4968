import { find } from "./lookups.ts";
import { refuse } from "./refusal.ts";
import { type Agent, type State, Status } from "./state.ts";

/** Who takes part in a vouch. The vouch registry has errors of its own for who may not. */
export function requireActiveParty(state: State, id: bigint): Agent {
  const agent = requireParty(state, id);
  if (agent.status !== Status.Active) refuse("NotActive", id, agent.status);
  return agent;
}

/** Active or suspended. */
export function requireParty(state: State, id: bigint): Agent {
  const agent = find(state, id) ?? refuse("UnknownIdentity", id);
  if (agent.status === Status.Retired) refuse("NotActive", id, agent.status);
  return agent;
}

export function requirePartyOwner(agent: Agent, actor: string): void {
  if (actor !== agent.owner) refuse("NotOwner", agent.id, actor);
}

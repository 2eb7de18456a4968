import { type Agent, emit, type State } from "./state.ts";

/** The owner has just signed, with its own key, a message that names it. */
export function prove(state: State, agent: Agent): void {
  agent.isKeyOwned = true;
  emit(state, "identities", "OwnerProven", agent.id, agent.owner);
}

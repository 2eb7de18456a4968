import { requireActive, requireOwner } from "./lookups.ts";
import { emit, type State } from "./state.ts";

/** Agrees to be named as arbiter from now on, or does so no longer. */
export function setArbitration(state: State, caller: string, id: bigint, isOpen: boolean): void {
  const agent = requireActive(state, id);
  requireOwner(agent, caller);
  agent.arbitrates = isOpen;
  emit(state, "identities", "ArbitrationSet", id, isOpen);
}

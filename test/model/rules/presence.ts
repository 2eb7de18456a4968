import { isWallet, requireActive, requireOwnerOrOperator } from "./lookups.ts";
import { emit, type State } from "./state.ts";
import { checkIn } from "./tenure.ts";

export function pulse(state: State, caller: string, id: bigint, checkpoint: string): void {
  const agent = requireActive(state, id);
  if (!isWallet(agent, caller)) requireOwnerOrOperator(state, agent, caller);
  checkIn(state, agent);
  emit(state, "identities", "Pulse", id, checkpoint);
}

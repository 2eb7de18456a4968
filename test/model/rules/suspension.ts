import { ZeroAddress } from "ethers";
import { requireActive, requireExisting, requireGuardian, requireOwner } from "./lookups.ts";
import { refuse } from "./refusal.ts";
import { type Agent, emit, type State, Status } from "./state.ts";

export function suspend(state: State, caller: string, id: bigint): void {
  const agent = requireActive(state, id);
  if (caller !== agent.owner && caller !== agent.guardian) refuse("NotAuthorized", id, caller);
  agent.status = Status.Suspended;
  emit(state, "identities", "Suspended", id, caller);
  emit(state, "identities", "MetadataUpdate", id);
}

export function wake(state: State, caller: string, agent: Agent): void {
  agent.status = Status.Active;
  emit(state, "identities", "Resumed", agent.id, caller);
  emit(state, "identities", "MetadataUpdate", agent.id);
}

export function resume(state: State, caller: string, id: bigint): void {
  const agent = requireExisting(state, id);
  if (agent.status !== Status.Suspended) refuse("IdentityNotSuspended", id);
  if (agent.guardian === ZeroAddress) requireOwner(agent, caller);
  else requireGuardian(agent, caller);
  wake(state, caller, agent);
}

import { ZeroAddress } from "ethers";
import { requireActive, requireExisting, requireGuardian, requireOwner } from "./lookups.ts";
import { refuse } from "./refusal.ts";
import { emit, type State, Status } from "./state.ts";
import { announceWallet } from "./wallet.ts";

export function suspend(state: State, caller: string, id: bigint): void {
  const agent = requireActive(state, id);
  if (caller !== agent.owner && caller !== agent.guardian) refuse("NotAuthorized", id, caller);
  agent.status = Status.Suspended;
  emit(state, "identities", "Suspended", id, caller);
  announceWallet(state, agent);
  emit(state, "identities", "MetadataUpdate", id);
}

export function resume(state: State, caller: string, id: bigint): void {
  const agent = requireExisting(state, id);
  if (agent.status !== Status.Suspended) refuse("IdentityNotSuspended", id);
  if (agent.guardian === ZeroAddress) requireOwner(agent, caller);
  else requireGuardian(agent, caller);
  agent.status = Status.Active;
  emit(state, "identities", "Resumed", id, caller);
  announceWallet(state, agent);
  emit(state, "identities", "MetadataUpdate", id);
}

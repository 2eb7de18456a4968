import { ZeroAddress } from "ethers";
import { requireExisting, requireFresh, requireGuardian, requireOwner } from "./lookups.ts";
import { hasMatured, lastMoment, propose, waiting } from "./pending.ts";
import { refuse } from "./refusal.ts";
import { changeKey, LAST_EPOCH } from "./rotation.ts";
import { ChangeKind, emit, NO_CHANGE, type State } from "./state.ts";

export function setGuardian(state: State, caller: string, id: bigint, guardian: string): void {
  const agent = requireExisting(state, id);
  requireOwner(agent, caller);
  const current = agent.guardian;
  if (guardian === current) refuse("GuardianUnchanged", id, guardian);
  if (guardian === caller) refuse("InvalidGuardian", id, guardian);
  if (current !== ZeroAddress && !hasMatured(state, agent, ChangeKind.Guardian, guardian)) return;
  agent.guardian = guardian;
  emit(state, "identities", "GuardianSet", id, current, guardian);
}

export function proposeRecovery(state: State, caller: string, id: bigint, candidate: string): void {
  const agent = requireExisting(state, id);
  requireGuardian(agent, caller);
  if (candidate === ZeroAddress) refuse("InvalidCandidate", id);
  requireFresh(state, candidate);
  if (agent.keyEpoch === LAST_EPOCH) refuse("KeyEpochExhausted", id);
  propose(state, agent, ChangeKind.Recovery, candidate);
}

export function claimRecovery(state: State, caller: string, id: bigint): void {
  const agent = requireExisting(state, id);
  const { kind, candidate, readyAt } = agent.pending;
  if (kind !== ChangeKind.Recovery) refuse("NoPendingChange", id);
  if (caller !== candidate) refuse("NotCandidate", id, caller);
  if (state.now < readyAt) refuse("ChangeNotReady", id, readyAt);
  if (waiting(state, agent) === NO_CHANGE) refuse("ChangeExpired", id, lastMoment(state, agent));
  agent.pending = NO_CHANGE;
  changeKey(state, agent, caller);
}

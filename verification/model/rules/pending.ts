import { requireExisting } from "./lookups.ts";
import { refuse } from "./refusal.ts";
import { type Agent, ChangeKind, emit, NO_CHANGE, type PendingChange, type State } from "./state.ts";

export function propose(state: State, agent: Agent, kind: bigint, candidate: string): void {
  const readyAt = state.now + state.parameters.recoveryDelay;
  agent.pending = { kind, candidate, readyAt };
  emit(state, "identities", "ChangeProposed", agent.id, kind, candidate, readyAt);
}

/** A change that waited long enough can be made for as long as it waited, and not after. */
export function lastMoment(state: State, agent: Agent): bigint {
  return agent.pending.readyAt + state.parameters.recoveryDelay;
}

/** The change that waits; one that nobody completed in time is as if it had never been. */
export function waiting(state: State, agent: Agent): PendingChange {
  return state.now > lastMoment(state, agent) ? NO_CHANGE : agent.pending;
}

/** For what the owner does by two calls: the first proposes it, and answers false; the second makes it. */
export function hasMatured(state: State, agent: Agent, kind: bigint, candidate: string): boolean {
  const change = waiting(state, agent);
  if (change.kind === ChangeKind.Recovery) refuse("RecoveryPending", agent.id, change.candidate);
  if (change.kind !== kind || change.candidate !== candidate) {
    propose(state, agent, kind, candidate);
    return false;
  }
  if (state.now < change.readyAt) refuse("ChangeNotReady", agent.id, change.readyAt);
  agent.pending = NO_CHANGE;
  return true;
}

export function cancelPending(state: State, caller: string, id: bigint): void {
  const agent = requireExisting(state, id);
  const { kind } = waiting(state, agent);
  if (kind === ChangeKind.None) refuse("NoPendingChange", id);
  const isHisOwn = caller === agent.owner && kind !== ChangeKind.Recovery;
  if (!isHisOwn && caller !== agent.guardian) refuse("NotAuthorized", id, caller);
  agent.pending = NO_CHANGE;
  emit(state, "identities", "ChangeCancelled", id, kind, caller);
}

import { requireConsent, requireNotVoid, type Signature } from "./consent.ts";
import { isWallet, requireActive, requireOwnerOrOperator } from "./lookups.ts";
import { prove } from "./proof.ts";
import { refuse } from "./refusal.ts";
import { emit, type State } from "./state.ts";
import { checkIn } from "./tenure.ts";

export function pulse(state: State, caller: string, id: bigint, checkpoint: string): void {
  const agent = requireActive(state, id);
  if (!isWallet(agent, caller)) requireOwnerOrOperator(state, agent, caller);
  checkIn(state, agent);
  emit(state, "identities", "Pulse", id, checkpoint);
}

/** What is signed names the check-in that it follows, so that it counts once, and none that is older counts after it. */
export function pulseFor(state: State, id: bigint, checkpoint: string, deadline: bigint, signature: Signature): void {
  const agent = requireActive(state, id);
  const { owner, lastSeen } = agent;
  if (lastSeen === state.now) refuse("AlreadySeen", id, lastSeen);
  const message = { agentId: id, owner, checkpoint, lastSeen, deadline };
  const content = { registry: "identities", primaryType: "Pulse", message } as const;
  requireNotVoid(state, owner, content);
  const isKey = requireConsent(state, owner, deadline, signature, content);
  if (isKey && !agent.isKeyOwned) prove(state, agent);
  checkIn(state, agent);
  emit(state, "identities", "Pulse", id, checkpoint);
}

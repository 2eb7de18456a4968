import { requireConsent, type Signature, useNonce } from "./consent.ts";
import { isWallet, requireActive, requireOwnerOrOperator } from "./lookups.ts";
import { emit, type State } from "./state.ts";
import { checkIn } from "./tenure.ts";

export function pulse(state: State, caller: string, id: bigint, checkpoint: string): void {
  const agent = requireActive(state, id);
  if (!isWallet(agent, caller)) requireOwnerOrOperator(state, agent, caller);
  checkIn(state, agent);
  emit(state, "identities", "Pulse", id, checkpoint);
}

export function pulseFor(
  state: State,
  id: bigint,
  checkpoint: string,
  nonce: bigint,
  deadline: bigint,
  signature: Signature,
): void {
  const agent = requireActive(state, id);
  const { owner } = agent;
  useNonce(state, "identities", owner, nonce);
  const message = { agentId: id, owner, checkpoint, nonce, deadline };
  const content = { registry: "identities", primaryType: "Pulse", message } as const;
  requireConsent(state, owner, deadline, signature, content);
  checkIn(state, agent);
  emit(state, "identities", "Pulse", id, checkpoint);
}

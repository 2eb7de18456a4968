import { ZeroAddress } from "ethers";
import { requireConsent, requireNotVoid, type Signature } from "./consent.ts";
import { requireActive, requireFresh, requireOwner } from "./lookups.ts";
import { waiting } from "./pending.ts";
import { prove } from "./proof.ts";
import { refuse } from "./refusal.ts";
import { type Agent, ChangeKind, emit, KeyRole, NO_CHANGE, type State } from "./state.ts";
import { announceWallet, clearWallet } from "./wallet.ts";

export const LAST_EPOCH = 255n;
/** From here on the owner of an identity with a guardian rotates its key once a recovery delay. */
const RATIONED_EPOCH = 128n;

export function changeKey(state: State, agent: Agent, newOwner: string): void {
  if (agent.keyEpoch === LAST_EPOCH) refuse("KeyEpochExhausted", agent.id);
  requireFresh(state, newOwner);
  const oldOwner = agent.owner;
  state.keys.set(oldOwner, { id: agent.id, role: KeyRole.Former, since: state.now });
  state.keys.set(newOwner, { id: agent.id, role: KeyRole.Owner, since: state.now });
  agent.owner = newOwner;
  agent.isKeyOwned = false;
  agent.keyEpoch += 1n;
  agent.approved = ZeroAddress;
  clearWallet(state, agent);
  if (agent.guardian === newOwner) {
    agent.guardian = ZeroAddress; // nobody is its own guardian
    emit(state, "identities", "GuardianSet", agent.id, newOwner, ZeroAddress);
  }
  emit(state, "identities", "Transfer", oldOwner, newOwner, agent.id);
  emit(state, "identities", "KeyRotated", agent.id, oldOwner, newOwner, agent.keyEpoch);
  announceWallet(state, agent);
  emit(state, "identities", "MetadataUpdate", agent.id);
}

function requireUnhurried(state: State, agent: Agent): void {
  if (agent.keyEpoch < RATIONED_EPOCH || agent.guardian === ZeroAddress) return;
  if (agent.keyEpoch >= LAST_EPOCH - 1n) refuse("KeyEpochExhausted", agent.id); // the last one is for a recovery
  const keySince = state.keys.get(agent.owner)?.since ?? 0n;
  const readyAt = keySince + state.parameters.recoveryDelay;
  if (state.now < readyAt) refuse("KeyTooYoung", agent.id, readyAt);
}

export function rotateKey(
  state: State,
  caller: string,
  agentId: bigint,
  newOwner: string,
  deadline: bigint,
  signature: Signature,
): void {
  const agent = requireActive(state, agentId);
  requireOwner(agent, caller);
  const message = { agentId, owner: agent.owner, newOwner, keyEpoch: agent.keyEpoch, deadline };
  const content = { registry: "identities", primaryType: "RotateKey", message } as const;
  requireNotVoid(state, newOwner, content);
  const isKey = requireConsent(state, newOwner, deadline, signature, content);
  requireUnhurried(state, agent);
  const { kind, candidate } = waiting(state, agent);
  // Only what the guardian proposed outlives the key: unless it becomes the owner, or it came true.
  const outlives = kind === ChangeKind.Recovery && agent.guardian !== newOwner && candidate !== newOwner;
  if (kind !== ChangeKind.None && !outlives) {
    agent.pending = NO_CHANGE;
    emit(state, "identities", "ChangeCancelled", agentId, kind, caller);
  }
  changeKey(state, agent, newOwner);
  if (isKey) prove(state, agent);
}

import { id as hash, ZeroAddress } from "ethers";
import { requireConsent, type Signature } from "./consent.ts";
import { isWallet, requireExisting, requireOwnerOrOperator, requireSpeaker } from "./lookups.ts";
import { refuse } from "./refusal.ts";
import { type Agent, emit, KeyRole, type State } from "./state.ts";

const FIVE_MINUTES = 300n;

/** Says which wallet `getMetadata` answers from now on; nothing at all for no wallet and no owner. */
export function announceWallet(state: State, agent: Agent, wallet: string): void {
  emit(state, "identities", "MetadataSet", agent.id, hash("agentWallet"), "agentWallet", wallet.toLowerCase());
}

export function clearWallet(state: State, agent: Agent): void {
  state.keys.delete(agent.wallet);
  agent.wallet = ZeroAddress;
}

export function setAgentWallet(
  state: State,
  caller: string,
  agentId: bigint,
  newWallet: string,
  deadline: bigint,
  signature: Signature,
): void {
  const agent = requireSpeaker(state, caller, agentId);
  const latest = state.now + FIVE_MINUTES;
  if (deadline > latest) refuse("DeadlineTooFar", deadline, latest);
  const message = { agentId, newWallet, owner: agent.owner, deadline };
  requireConsent(state, newWallet, deadline, signature, {
    registry: "identities",
    primaryType: "AgentWalletSet",
    message,
  });
  const key = state.keys.get(newWallet);
  const servesIt = key?.id === agentId && key.role !== KeyRole.Former;
  if (key !== undefined && !servesIt) refuse("AlreadyRegistered", newWallet, key.id);
  clearWallet(state, agent);
  if (newWallet !== agent.owner) {
    agent.wallet = newWallet;
    state.keys.set(newWallet, { id: agentId, role: KeyRole.Wallet, since: state.now });
  }
  announceWallet(state, agent, newWallet);
}

export function unsetAgentWallet(state: State, caller: string, id: bigint): void {
  const agent = requireExisting(state, id);
  if (!isWallet(agent, caller)) requireOwnerOrOperator(state, agent, caller);
  clearWallet(state, agent);
  announceWallet(state, agent, agent.owner);
}

import { id as hash, ZeroAddress } from "ethers";
import { requireConsent, requireNotVoid, type Signature } from "./consent.ts";
import { isWallet, requireExisting, requireOwnerOrOperator, requireSpeaker } from "./lookups.ts";
import { refuse } from "./refusal.ts";
import { type Agent, emit, KeyRole, type State, Status } from "./state.ts";

const FIVE_MINUTES = 300n;

/** Whom everybody is answered as its wallet: the owner where none is set, nobody while it is suspended. */
export function walletOf(agent: Agent): string {
  if (agent.status === Status.Suspended) return ZeroAddress;
  return agent.wallet === ZeroAddress ? agent.owner : agent.wallet;
}

/** Says which wallet `getMetadata` answers from now on. */
export function announceWallet(state: State, agent: Agent): void {
  const wallet = walletOf(agent).toLowerCase();
  emit(state, "identities", "MetadataSet", agent.id, hash("agentWallet"), "agentWallet", wallet);
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
  const content = { registry: "identities", primaryType: "AgentWalletSet", message } as const;
  requireNotVoid(state, newWallet, content);
  requireConsent(state, newWallet, deadline, signature, content);
  const key = state.keys.get(newWallet);
  const servesIt = key?.id === agentId && key.role !== KeyRole.Former;
  if (key !== undefined && !servesIt) refuse("AlreadyRegistered", newWallet, key.id);
  clearWallet(state, agent);
  if (newWallet !== agent.owner) {
    agent.wallet = newWallet;
    state.keys.set(newWallet, { id: agentId, role: KeyRole.Wallet, since: state.now });
  }
  announceWallet(state, agent);
}

export function unsetAgentWallet(state: State, caller: string, id: bigint): void {
  const agent = requireExisting(state, id);
  const isGuardians = agent.status === Status.Suspended && caller === agent.guardian;
  if (!isGuardians && !isWallet(agent, caller)) requireOwnerOrOperator(state, agent, caller);
  clearWallet(state, agent);
  announceWallet(state, agent);
}

import { ZeroAddress } from "ethers";
import { refuse } from "./refusal.ts";
import { type Agent, type State, Status } from "./state.ts";

export function find(state: State, id: bigint): Agent | undefined {
  return state.agents.find((agent) => agent.id === id);
}

export function requireExisting(state: State, id: bigint): Agent {
  const agent = find(state, id) ?? refuse("ERC721NonexistentToken", id);
  if (agent.status === Status.Retired) refuse("IdentityRetired", id);
  return agent;
}

export function requireActive(state: State, id: bigint): Agent {
  const agent = requireExisting(state, id);
  if (agent.status === Status.Suspended) refuse("IdentitySuspended", id);
  return agent;
}

export function requireOwner(agent: Agent, caller: string): void {
  if (caller !== agent.owner) refuse("NotOwner", agent.id, caller);
}

export function requireGuardian(agent: Agent, caller: string): void {
  if (caller !== agent.guardian) refuse("NotGuardian", agent.id, caller);
}

/** An address that is a key, or ever was the owner's, is none of another identity. */
export function requireFresh(state: State, address: string): void {
  const key = state.keys.get(address);
  if (key !== undefined) refuse("AlreadyRegistered", address, key.id);
}

export function isOperator(state: State, agent: Agent, account: string): boolean {
  if (account === ZeroAddress) return false;
  return account === agent.approved || state.operators.has(`${agent.owner}>${account}`);
}

export function isWallet(agent: Agent, account: string): boolean {
  return account !== ZeroAddress && account === agent.wallet;
}

export function requireOwnerOrOperator(state: State, agent: Agent, caller: string): void {
  if (caller !== agent.owner && !isOperator(state, agent, caller)) refuse("NotAuthorized", agent.id, caller);
}

/** Who may say what an identity says of itself. */
export function requireSpeaker(state: State, caller: string, id: bigint): Agent {
  const agent = requireActive(state, id);
  requireOwnerOrOperator(state, agent, caller);
  return agent;
}

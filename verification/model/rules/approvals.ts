import { ZeroAddress } from "ethers";
import { find } from "./lookups.ts";
import { refuse } from "./refusal.ts";
import { type Agent, emit, type State, Status } from "./state.ts";

/** ERC-721 knows no state: a token exists, suspended or not, or it does not. */
export function requireToken(state: State, id: bigint): Agent {
  const agent = find(state, id);
  if (agent === undefined || agent.status === Status.Retired) return refuse("ERC721NonexistentToken", id);
  return agent;
}

export function approve(state: State, caller: string, to: string, id: bigint): void {
  const agent = requireToken(state, id);
  const isOperator = state.operators.has(`${agent.owner}>${caller}`);
  if (caller !== agent.owner && !isOperator) refuse("ERC721InvalidApprover", caller);
  agent.approved = to;
  emit(state, "identities", "Approval", agent.owner, to, id);
}

export function setApprovalForAll(state: State, caller: string, operator: string, approved: boolean): void {
  if (operator === ZeroAddress) refuse("ERC721InvalidOperator", operator);
  if (approved) state.operators.add(`${caller}>${operator}`);
  else state.operators.delete(`${caller}>${operator}`);
  emit(state, "identities", "ApprovalForAll", caller, operator, approved);
}

/** Any of the three. */
export function transfer(id: bigint): void {
  refuse("Soulbound", id);
}

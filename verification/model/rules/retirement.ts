import { id as hash, ZeroAddress } from "ethers";
import { requireActive, requireOwner } from "./lookups.ts";
import { hasMatured } from "./pending.ts";
import { ChangeKind, emit, KeyRole, type State, Status } from "./state.ts";
import { clearWallet } from "./wallet.ts";

export function retire(state: State, caller: string, id: bigint): void {
  const agent = requireActive(state, id);
  requireOwner(agent, caller);
  if (agent.guardian !== ZeroAddress) {
    if (!hasMatured(state, agent, ChangeKind.Retirement, ZeroAddress)) return;
    agent.guardian = ZeroAddress;
  }
  agent.status = Status.Retired;
  agent.owner = ZeroAddress;
  agent.approved = ZeroAddress;
  agent.arbitrates = false;
  state.keys.set(caller, { id, role: KeyRole.Former, since: state.now });
  clearWallet(state, agent);
  emit(state, "identities", "Transfer", caller, ZeroAddress, id);
  emit(state, "identities", "Retired", id);
  emit(state, "identities", "MetadataSet", id, hash("agentWallet"), "agentWallet", "0x");
}

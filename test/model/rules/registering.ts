import { ZeroAddress } from "ethers";
import { requireConsent, type Signature, useNonce } from "./consent.ts";
import { requireFresh } from "./lookups.ts";
import { type Entry, putMetadata } from "./metadata.ts";
import { emit, KeyRole, NO_CHANGE, type State, Status } from "./state.ts";
import { announceWallet } from "./wallet.ts";

export function register(state: State, owner: string, uri = "", entries: Entry[] = []): void {
  requireFresh(state, owner);
  const id = BigInt(state.agents.length) + 1n;
  state.keys.set(owner, { id, role: KeyRole.Owner, since: state.now });
  const agent = {
    id,
    owner,
    keyEpoch: 0n,
    wallet: ZeroAddress,
    guardian: ZeroAddress,
    approved: ZeroAddress,
    status: Status.Active,
    firstSeen: state.now,
    lastSeen: state.now,
    lost: 0n,
    pending: NO_CHANGE,
    uri,
    metadata: new Map<string, string>(),
  };
  state.agents.push(agent);
  emit(state, "identities", "Transfer", ZeroAddress, owner, id);
  emit(state, "identities", "Locked", id);
  emit(state, "identities", "Registered", id, uri, owner);
  announceWallet(state, agent, owner);
  for (const { metadataKey, metadataValue } of entries) putMetadata(state, agent, metadataKey, metadataValue);
}

export function registerFor(state: State, owner: string, agentURI: string, deadline: bigint, signature: Signature) {
  const message = { owner, agentURI, nonce: useNonce(state, "identities", owner), deadline };
  requireConsent(state, owner, deadline, signature, { registry: "identities", primaryType: "Register", message });
  register(state, owner, agentURI);
}

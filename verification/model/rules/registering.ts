import { ZeroAddress } from "ethers";
import { requireConsent, type Signature, useNonce } from "./consent.ts";
import { requireFresh } from "./lookups.ts";
import { type Entry, putMetadata } from "./metadata.ts";
import { prove } from "./proof.ts";
import { type Agent, emit, KeyRole, NO_CHANGE, type State, Status } from "./state.ts";
import { announceWallet } from "./wallet.ts";

/** Whoever sends it: that proves nothing. */
export function register(state: State, owner: string, uri = "", entries: Entry[] = []): Agent {
  requireFresh(state, owner);
  const id = BigInt(state.agents.length) + 1n;
  state.keys.set(owner, { id, role: KeyRole.Owner, since: state.now });
  const agent: Agent = {
    id,
    owner,
    keyEpoch: 0n,
    wallet: ZeroAddress,
    guardian: ZeroAddress,
    approved: ZeroAddress,
    status: Status.Active,
    firstSeen: state.now,
    lastSeen: state.now,
    tenure: 0n,
    isKeyOwned: false,
    arbitrates: false,
    pending: NO_CHANGE,
    uri,
    metadata: new Map<string, string>(),
  };
  state.agents.push(agent);
  emit(state, "identities", "Transfer", ZeroAddress, owner, id);
  emit(state, "identities", "Locked", id);
  emit(state, "identities", "Registered", id, uri, owner);
  announceWallet(state, agent);
  for (const { metadataKey, metadataValue } of entries) putMetadata(state, agent, metadataKey, metadataValue);
  return agent;
}

export function registerFor(
  state: State,
  owner: string,
  agentURI: string,
  nonce: bigint,
  deadline: bigint,
  signature: Signature,
): void {
  useNonce(state, "identities", owner, nonce);
  const message = { owner, agentURI, nonce, deadline };
  const content = { registry: "identities", primaryType: "Register", message } as const;
  const isKey = requireConsent(state, owner, deadline, signature, content);
  const agent = register(state, owner, agentURI);
  if (isKey) prove(state, agent);
}

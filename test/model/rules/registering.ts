import { ZeroAddress } from "ethers";
import { requireConsent, type Signature, useNonce } from "./consent.ts";
import { isOrigin, requireFresh } from "./lookups.ts";
import { type Entry, putMetadata } from "./metadata.ts";
import { emit, KeyRole, NO_CHANGE, type State, Status } from "./state.ts";
import { announceWallet } from "./wallet.ts";

/** A key that registers by itself is the origin of the transaction, which proves it one. */
export function register(
  state: State,
  owner: string,
  uri = "",
  entries: Entry[] = [],
  isKeyOwned = isOrigin(state, owner),
): void {
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
    tenure: 0n,
    isKeyOwned,
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
}

export function registerFor(
  state: State,
  caller: string,
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
  register(state, owner, agentURI, [], isKey || (owner === caller && isOrigin(state, caller)));
}

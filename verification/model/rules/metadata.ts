import { id as hash } from "ethers";
import { requireSpeaker } from "./lookups.ts";
import { refuse } from "./refusal.ts";
import { type Agent, emit, type State } from "./state.ts";

export interface Entry {
  metadataKey: string;
  metadataValue: string;
}

export function putMetadata(state: State, agent: Agent, key: string, value: string): void {
  if (key === "agentWallet") refuse("ReservedMetadataKey", key);
  agent.metadata.set(key, value);
  emit(state, "identities", "MetadataSet", agent.id, hash(key), key, value);
}

export function setMetadata(state: State, caller: string, id: bigint, key: string, value: string): void {
  putMetadata(state, requireSpeaker(state, caller, id), key, value);
}

export function setAgentURI(state: State, caller: string, id: bigint, uri: string): void {
  requireSpeaker(state, caller, id).uri = uri;
  emit(state, "identities", "URIUpdated", id, uri, caller);
  emit(state, "identities", "MetadataUpdate", id);
}

// The statement by which both sides of a link across chains agree to it.
import { type Address, getAddress, isAddress, type TypedDataDefinition } from "viem";
import { agentLinkDomain, agentLinkTypes } from "./typedData.ts";
import { uint256Of } from "./validate.ts";

/** A token of a registry on some chain, as registration files name it. */
export type AgentReference = {
  /** The registry, as `eip155:{chainId}:{address}`. */
  agentRegistry: string;
  /** The token; beyond 2^53 a bigint, which a registration file holds as a text. */
  agentId: number | bigint;
};

/** An `AgentReference`, taken apart. */
export type AgentPlace = { chainId: number; registry: Address; agentId: bigint };

/** Undefined for a registry that is not one of an EVM chain. */
export function placeOfAgent({ agentRegistry, agentId }: AgentReference): AgentPlace | undefined {
  const [, chain, registry] = /^eip155:([1-9]\d{0,15}):(0x[0-9a-fA-F]{40})$/i.exec(agentRegistry) ?? [];
  if (chain === undefined || registry === undefined || !isAddress(registry, { strict: false })) return undefined;
  const chainId = Number(chain);
  // Beyond 2^53, one number stands for several chains.
  if (!Number.isSafeInteger(chainId)) return undefined;
  return { chainId, registry: getAddress(registry), agentId: uint256Of(agentId, "agentId") };
}

/** How the statement names a token: `eip155:{chainId}:{address}/{id}`, the address with its checksum. */
export function nameOfAgent({ chainId, registry, agentId }: AgentPlace): string {
  return `eip155:${chainId}:${registry}/${agentId}`;
}

/** What both owners sign. */
export type AgentLinkStatement = {
  /** The identity, as `eip155:{chainId}:{address}/{id}`. */
  identity: string;
  /** Who owns it. */
  identityOwner: Address;
  /** The agent, in the same way. */
  agent: string;
  /** Who owns that. */
  agentOwner: Address;
};

export function agentLinkMessage(message: AgentLinkStatement): TypedDataDefinition {
  return { domain: agentLinkDomain, types: agentLinkTypes, primaryType: "AgentLink", message };
}

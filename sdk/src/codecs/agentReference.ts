// How a token of a registry on some chain is named.
import { type Address, getAddress, isAddress } from "viem";
import { uint256Of } from "../check/arguments.ts";
import type { AgentReference } from "../types/link.ts";

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

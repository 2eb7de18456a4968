import type { Address } from "viem";

/** A transferable agent, and the identity that operates it. */
export type AgentLink = {
  /** The identity that linked it. */
  id: number;
  /** The token contract: an ERC-8004 registry, or any ERC-721 contract. */
  agentRegistry: Address;
  /** The token. */
  agentId: bigint;
  /** Who owned the token when it was linked. */
  tokenOwner: Address;
  /** How often the identity's key had changed then. */
  keyEpoch: number;
  /** Whether the identity held the token's agent wallet, and not the token itself. */
  throughWallet: boolean;
  /** Whether the link is true now. All else is as it was when the link was made. */
  isLinked: boolean;
};

/** A token of a registry on some chain, as registration files name it. */
export type AgentReference = {
  /** The registry, as `eip155:{chainId}:{address}`. */
  agentRegistry: string;
  /** The token; beyond 2^53 a bigint, which a registration file holds as a text. */
  agentId: number | bigint;
};

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

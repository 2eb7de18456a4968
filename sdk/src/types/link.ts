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

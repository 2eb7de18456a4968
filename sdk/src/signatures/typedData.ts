// The EIP-712 messages of the registries.
import type { Address, TypedDataDomain } from "viem";
import { addressOf } from "../check/arguments.ts";
import { signedChainOf } from "../check/signed.ts";

export function identityDomain(chainId: number, verifyingContract: Address): TypedDataDomain {
  return domain("ERC8004IdentityRegistry", chainId, verifyingContract);
}

export function vouchDomain(chainId: number, verifyingContract: Address): TypedDataDomain {
  return domain("TenureVouchRegistry", chainId, verifyingContract);
}

/** Of the standard (ERC-8395, section 5). */
export function delegationDomain(chainId: number, verifyingContract: Address): TypedDataDomain {
  return domain("ERC-8128 Delegation Registry", chainId, verifyingContract);
}

function domain(name: string, chainId: number, verifyingContract: Address): TypedDataDomain {
  return { name, version: "1", verifyingContract: addressOf(verifyingContract), chainId: signedChainOf(chainId) };
}

export const registerTypes = {
  Register: [
    { name: "owner", type: "address" },
    { name: "agentURI", type: "string" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
} as const;

export const pulseTypes = {
  Pulse: [
    { name: "agentId", type: "uint256" },
    { name: "owner", type: "address" },
    { name: "checkpoint", type: "bytes32" },
    { name: "lastSeen", type: "uint40" },
    { name: "deadline", type: "uint256" },
  ],
} as const;

export const rotateKeyTypes = {
  RotateKey: [
    { name: "agentId", type: "uint256" },
    { name: "owner", type: "address" },
    { name: "newOwner", type: "address" },
    { name: "keyEpoch", type: "uint8" },
    { name: "deadline", type: "uint256" },
  ],
} as const;

export const agentWalletTypes = {
  AgentWalletSet: [
    { name: "agentId", type: "uint256" },
    { name: "newWallet", type: "address" },
    { name: "owner", type: "address" },
    { name: "deadline", type: "uint256" },
  ],
} as const;

export const delegationRevocationTypes = {
  Revocation: [
    { name: "issuer", type: "address" },
    { name: "id", type: "bytes32" },
  ],
} as const;

/**
 * Links to agents on other chains are no contract's: a statement that counts on all chains. It names who holds both sides,
 * so that it is void as soon as one of them is somebody else's.
 */
export const agentLinkDomain: TypedDataDomain = { name: "TenureAgentLink", version: "1" };

export const agentLinkTypes = {
  AgentLink: [
    { name: "identity", type: "string" },
    { name: "identityOwner", type: "address" },
    { name: "agent", type: "string" },
    { name: "agentOwner", type: "address" },
  ],
} as const;

const terms = [
  { name: "voucherId", type: "uint256" },
  { name: "subjectId", type: "uint256" },
  { name: "stake", type: "uint256" },
  { name: "periods", type: "uint256" },
  { name: "arbiterId", type: "uint256" },
  { name: "topic", type: "bytes32" },
  { name: "evidence", type: "string" },
  { name: "keyEpoch", type: "uint8" },
] as const;

const binding = [
  { name: "arbiterOwner", type: "address" },
  { name: "since", type: "uint40" },
  { name: "nonce", type: "uint256" },
  { name: "deadline", type: "uint256" },
] as const;

/** A vouch is given to the present key of the subject. */
export const vouchTypes = {
  Vouch: [...terms, { name: "subjectOwner", type: "address" }, ...binding],
} as const;

/** A warning is about the identity, whatever key it has: any of its keys says who is meant. */
export const warnTypes = {
  Warn: [...terms, { name: "subjectKey", type: "address" }, ...binding],
} as const;

export const revokeTypes = {
  Revoke: [
    { name: "voucherId", type: "uint256" },
    { name: "subjectId", type: "uint256" },
    { name: "keyEpoch", type: "uint8" },
    { name: "since", type: "uint40" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
} as const;

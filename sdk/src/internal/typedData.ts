// The EIP-712 messages of the registries.
import type { Address, TypedDataDomain } from "viem";

export function identityDomain(chainId: number, verifyingContract: Address): TypedDataDomain {
  return { name: "ERC8004IdentityRegistry", version: "1", chainId, verifyingContract };
}

export function vouchDomain(chainId: number, verifyingContract: Address): TypedDataDomain {
  return { name: "TenureVouchRegistry", version: "1", chainId, verifyingContract };
}

export const registerTypes = {
  Register: [
    { name: "owner", type: "address" },
    { name: "agentURI", type: "string" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
} as const;

export const rotateKeyTypes = {
  RotateKey: [
    { name: "agentId", type: "uint256" },
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
  { name: "nonce", type: "uint256" },
  { name: "deadline", type: "uint256" },
] as const;

/** A vouch is given to a key of the subject. */
export const vouchTypes = {
  Vouch: [...terms, { name: "subjectKeyEpoch", type: "uint8" }, ...binding],
} as const;

/** A warning is about the identity, whatever key it has. */
export const warnTypes = { Warn: [...terms, ...binding] } as const;

export const revokeTypes = {
  Revoke: [
    { name: "voucherId", type: "uint256" },
    { name: "subjectId", type: "uint256" },
    { name: "keyEpoch", type: "uint8" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
} as const;

// What the registries and both sides of a link ask to be signed, but for vouches and warnings.
import type { TypedDataDefinition } from "viem";
import { addressOf, bytes32Of, idOf, nonceNumberOf, textOf, timeOf } from "../check/arguments.ts";
import { keyEpochOf } from "../check/signed.ts";
import type { AgentLinkStatement } from "../types/link.ts";
import type {
  SignedAgentWallet,
  SignedDelegationRevocation,
  SignedPulse,
  SignedRegister,
  SignedRevoke,
  SignedRotateKey,
} from "../types/signed.ts";
import {
  agentLinkDomain,
  agentLinkTypes,
  agentWalletTypes,
  delegationDomain,
  delegationRevocationTypes,
  identityDomain,
  pulseTypes,
  registerTypes,
  revokeTypes,
  rotateKeyTypes,
  vouchDomain,
} from "./typedData.ts";

export function registerMessage(consent: Omit<SignedRegister, "signature">) {
  const { chainId, registry, owner, agentURI, signatureNonce, deadline } = consent;
  return {
    domain: identityDomain(chainId, registry),
    types: registerTypes,
    primaryType: "Register",
    message: {
      owner: addressOf(owner),
      agentURI: textOf(agentURI, "agentURI"),
      nonce: BigInt(nonceNumberOf(signatureNonce, "signatureNonce")),
      deadline: timeOf(deadline, "deadline"),
    },
  } as const satisfies TypedDataDefinition;
}

export function revokeMessage(revocation: Omit<SignedRevoke, "signature">) {
  const { chainId, registry, voucherId, subjectId, keyEpoch, since, signatureNonce, deadline } = revocation;
  return {
    domain: vouchDomain(chainId, registry),
    types: revokeTypes,
    primaryType: "Revoke",
    message: {
      voucherId: idOf(voucherId, "voucherId"),
      subjectId: idOf(subjectId, "subjectId"),
      keyEpoch: keyEpochOf(keyEpoch),
      since: Number(timeOf(since, "since")),
      nonce: BigInt(nonceNumberOf(signatureNonce, "signatureNonce")),
      deadline: timeOf(deadline, "deadline"),
    },
  } as const satisfies TypedDataDefinition;
}

export function pulseMessage(checkIn: Omit<SignedPulse, "signature">) {
  const { chainId, registry, id, owner, checkpoint, lastSeen, deadline } = checkIn;
  return {
    domain: identityDomain(chainId, registry),
    types: pulseTypes,
    primaryType: "Pulse",
    message: {
      agentId: idOf(id),
      owner: addressOf(owner),
      checkpoint: bytes32Of(checkpoint, "checkpoint"),
      lastSeen: Number(timeOf(lastSeen, "lastSeen")),
      deadline: timeOf(deadline, "deadline"),
    },
  } as const satisfies TypedDataDefinition;
}

export function rotateKeyMessage(consent: Omit<SignedRotateKey, "signature">) {
  const { chainId, registry, id, owner, newOwner, keyEpoch, deadline } = consent;
  return {
    domain: identityDomain(chainId, registry),
    types: rotateKeyTypes,
    primaryType: "RotateKey",
    message: {
      agentId: idOf(id),
      owner: addressOf(owner),
      newOwner: addressOf(newOwner),
      keyEpoch: keyEpochOf(keyEpoch),
      deadline: timeOf(deadline, "deadline"),
    },
  } as const satisfies TypedDataDefinition;
}

export function agentWalletMessage(consent: Omit<SignedAgentWallet, "signature">) {
  const { chainId, registry, id, newWallet, owner, deadline } = consent;
  return {
    domain: identityDomain(chainId, registry),
    types: agentWalletTypes,
    primaryType: "AgentWalletSet",
    message: {
      agentId: idOf(id),
      newWallet: addressOf(newWallet),
      owner: addressOf(owner),
      deadline: timeOf(deadline, "deadline"),
    },
  } as const satisfies TypedDataDefinition;
}

export function delegationRevocationMessage(revocation: Omit<SignedDelegationRevocation, "signature">) {
  const { chainId, registry, issuer, handle } = revocation;
  return {
    domain: delegationDomain(chainId, registry),
    types: delegationRevocationTypes,
    primaryType: "Revocation",
    message: { issuer: addressOf(issuer), id: bytes32Of(handle, "handle") },
  } as const satisfies TypedDataDefinition;
}

export function agentLinkMessage(message: AgentLinkStatement): TypedDataDefinition {
  return { domain: agentLinkDomain, types: agentLinkTypes, primaryType: "AgentLink", message };
}

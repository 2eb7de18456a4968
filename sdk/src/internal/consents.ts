// The messages without a nonce, whose digest serves as one: their signer makes each void by it. A check-in is void after the
// next one, too, because it names the last one.
import { hashTypedData, type TypedDataDefinition } from "viem";
import type { SignedAgentWallet } from "../actions/identity/signAgentWallet.ts";
import type { SignedPulse } from "../actions/identity/signPulse.ts";
import type { SignedRotateKey } from "../actions/identity/signRotateKey.ts";
import { agentWalletTypes, identityDomain, pulseTypes, rotateKeyTypes } from "./typedData.ts";
import { bytes32Of, idOf, timeOf } from "./validate.ts";

/** A wallet's consent is taken so many seconds before its deadline, at most: `MAX_WALLET_DEADLINE` of the registry. */
export const WALLET_AHEAD = 300;

/** What is signed without a nonce. */
export type Consent =
  | Omit<SignedRotateKey, "signature">
  | Omit<SignedAgentWallet, "signature">
  | Omit<SignedPulse, "signature">;

export function pulseMessage(checkIn: Omit<SignedPulse, "signature">) {
  const { chainId, registry, id, owner, checkpoint, lastSeen, deadline } = checkIn;
  return {
    domain: identityDomain(chainId, registry),
    types: pulseTypes,
    primaryType: "Pulse",
    message: {
      agentId: idOf(id),
      owner,
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
    message: { agentId: idOf(id), owner, newOwner, keyEpoch, deadline: timeOf(deadline, "deadline") },
  } as const satisfies TypedDataDefinition;
}

export function agentWalletMessage(consent: Omit<SignedAgentWallet, "signature">) {
  const { chainId, registry, id, newWallet, owner, deadline } = consent;
  return {
    domain: identityDomain(chainId, registry),
    types: agentWalletTypes,
    primaryType: "AgentWalletSet",
    message: { agentId: idOf(id), newWallet, owner, deadline: timeOf(deadline, "deadline") },
  } as const satisfies TypedDataDefinition;
}

/** The nonce under which the signer of a consent makes it void: its digest. */
export function consentNonceOf(consent: Consent): bigint {
  return BigInt(hashTypedData(consentMessage(consent)));
}

/** The message that has no nonce. */
export function consentMessage(consent: Consent): TypedDataDefinition {
  if ("newOwner" in consent) return rotateKeyMessage(consent);
  return "newWallet" in consent ? agentWalletMessage(consent) : pulseMessage(consent);
}

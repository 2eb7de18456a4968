// The messages without a nonce. Of those by which the next key and a wallet consent, the digest is one; a check-in needs
// none, because it names the last one.
import { type Address, hashTypedData, type TypedDataDefinition } from "viem";
import type { SignedAgentWallet } from "../actions/identity/signAgentWallet.ts";
import type { SignedPulse } from "../actions/identity/signPulse.ts";
import type { SignedRotateKey } from "../actions/identity/signRotateKey.ts";
import { agentWalletTypes, identityDomain, pulseTypes, rotateKeyTypes } from "./typedData.ts";
import { addressOf, bytes32Of, idOf, timeOf } from "./validate.ts";

/** A consent of either kind. */
export type Consent = Omit<SignedRotateKey, "signature"> | Omit<SignedAgentWallet, "signature">;

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

/** Who signed a consent. */
export function consenterOf(consent: Consent): Address {
  return addressOf("newOwner" in consent ? consent.newOwner : consent.newWallet);
}

/** The nonce under which the signer of a consent makes it void: its digest. */
export function consentNonceOf(consent: Consent): bigint {
  const message = "newOwner" in consent ? rotateKeyMessage(consent) : agentWalletMessage(consent);
  return BigInt(hashTypedData(message as TypedDataDefinition));
}

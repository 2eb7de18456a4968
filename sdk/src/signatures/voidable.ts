// What can be taken back says itself which registry, which nonce and which message it is about. No request is made here.
import { type Address, type TypedDataDefinition, zeroAddress } from "viem";
import { addressOf, nonceNumberOf, timeOf } from "../check/arguments.ts";
import { offerStruct } from "../check/offer.ts";
import type { NonceRegistry } from "../types/registry.ts";
import type { SignedVouch, SignedWarn, Unsent, Voidable } from "../types/signed.ts";
import { consentNonce } from "./consentNonce.ts";
import { consentMessage } from "./consents.ts";
import { registerMessage, revokeMessage } from "./messages.ts";
import { offerMessage } from "./offerMessage.ts";

/** The registry that would take it. */
export function registryOf(signed: Voidable): NonceRegistry {
  return "voucherId" in signed ? "vouchRegistry" : "identityRegistry";
}

/** The nonce that voids it: the one that was signed, else its digest. */
export function voidingNonceOf(signed: Voidable): bigint {
  if ("signatureNonce" in signed) return BigInt(nonceNumberOf(signed.signatureNonce, "signatureNonce"));
  return consentNonce(signed);
}

/** What was signed, as it was signed. */
export function messageOf(signed: Voidable): TypedDataDefinition {
  if (!("signatureNonce" in signed)) return consentMessage(signed);
  if ("agentURI" in signed) return registerMessage(signed);
  if (!("stake" in signed)) return revokeMessage(signed);
  const { chainId, registry, signatureNonce, keyEpoch } = signed;
  const kind = "subjectOwner" in signed ? "vouch" : "warn";
  return offerMessage(kind, chainId, registry, offerStruct(signed), {
    keyEpoch,
    subject: addressOf(subjectOf(signed)),
    arbiterOwner: addressOf(signed.arbiterOwner ?? zeroAddress),
    since: Number(timeOf(signed.since, "since")),
    signatureNonce,
    deadline: Number(timeOf(signed.deadline, "deadline")),
  });
}

/** By which key the subject is meant. */
export function subjectOf(offer: Unsent<SignedVouch> | Unsent<SignedWarn>): Address {
  return "subjectOwner" in offer ? offer.subjectOwner : offer.subjectKey;
}

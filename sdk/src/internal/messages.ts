// The messages with a nonce, but for vouches and warnings.
import type { TypedDataDefinition } from "viem";
import type { SignedRegister } from "../actions/identity/signRegister.ts";
import type { SignedRevoke } from "../actions/vouch/signRevoke.ts";
import { identityDomain, registerTypes, revokeTypes, vouchDomain } from "./typedData.ts";
import { addressOf, idOf, nonceNumberOf, textOf, timeOf } from "./validate.ts";

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
      keyEpoch,
      since: Number(timeOf(since, "since")),
      nonce: BigInt(nonceNumberOf(signatureNonce, "signatureNonce")),
      deadline: timeOf(deadline, "deadline"),
    },
  } as const satisfies TypedDataDefinition;
}

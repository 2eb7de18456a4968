import { addressOf } from "../../check/arguments.ts";
import { signedOf } from "../../check/signed.ts";
import type { CommonErrorType } from "../../errors/common.ts";
import { isUsed } from "../../facts/nonces.ts";
import { consentNonce } from "../../signatures/consentNonce.ts";
import { pulseMessage } from "../../signatures/messages.ts";
import { isCurrent, isSignedBy } from "../../signatures/verify.ts";
import type { AnyClient } from "../../types/client.ts";
import type { AddressParameters } from "../../types/parameters.ts";
import type { SignedPulse } from "../../types/signed.ts";
import { getIdentity } from "./getIdentity.ts";

/** Parameters of `verifyPulse`. */
export type VerifyPulseParameters = AddressParameters & {
  /** What `signPulse` returned. */
  signed: SignedPulse;
};

/** What `verifyPulse` throws. */
export type VerifyPulseErrorType = CommonErrorType;

/**
 * Checks a signed check-in: made for this chain and registry, by whom it names and still owns the identity, in time, and
 * with no other check-in since. It is void where its signer took it back (`voidConsent`).
 *
 * Works for accounts with a key, for smart accounts (ERC-1271), and for those that are not deployed yet (ERC-6492). Sends
 * nothing.
 *
 * A signature that is wrapped as ERC-6492 says is believed here, but the registry does not open it: put the account on the
 * chain first, and send the signature inside.
 *
 * @param client - Client.
 * @param parameters - {@link VerifyPulseParameters}
 * @returns Whether the registry would take it now, as far as the signature goes.
 *
 * @example
 * const isGood = await verifyPulse(client, { signed: parseSigned("pulse", text) }); // true
 */
export async function verifyPulse(client: AnyClient, parameters: VerifyPulseParameters): Promise<boolean> {
  const signed = signedOf(parameters);
  const { addresses } = parameters;
  const { id, lastSeen, signature } = signed;
  const owner = addressOf(signed.owner);
  const message = pulseMessage(signed);
  if (!(await isCurrent(client, "identityRegistry", signed, { addresses }))) return false;
  const identity = await getIdentity(client, { id, addresses });
  if (identity.owner !== owner || identity.lastSeen !== lastSeen) return false;
  const nonce = consentNonce(signed);
  if (await isUsed(client, { registry: "identityRegistry", owner, nonce, addresses })) return false;
  return isSignedBy(client, owner, signature, message);
}

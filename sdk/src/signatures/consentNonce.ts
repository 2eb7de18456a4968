import { hashTypedData } from "viem";
import type { Consent } from "../types/signed.ts";
import { consentMessage } from "./consents.ts";

/**
 * The nonce under which what has none is made void: a consent of a next key or of a wallet, or a signed check-in. It is the
 * EIP-712 digest. Using what was signed does not spend it.
 *
 * @param consent - What `signRotateKey`, `signAgentWallet` or `signPulse` returned.
 * @returns The nonce, for `isNonceUsed` in the `identityRegistry`.
 *
 * @example
 * const consent = await signRotateKey(nextKey, { id: 7 });
 * const nonce = consentNonce(consent);
 * await isNonceUsed(client, { registry: "identityRegistry", owner: consent.newOwner, nonce }); // false
 */
export function consentNonce(consent: Consent): bigint {
  return BigInt(hashTypedData(consentMessage(consent)));
}

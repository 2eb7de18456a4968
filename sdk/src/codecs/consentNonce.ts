import { type Consent, consentNonceOf } from "../internal/consents.ts";

/**
 * The nonce under which a consent of a next key or of a wallet is made void: its EIP-712 digest. Using the consent does not
 * spend it.
 *
 * @param consent - What `signRotateKey` or `signAgentWallet` returned.
 * @returns The nonce, for `isNonceUsed` in the `identityRegistry`.
 *
 * @example
 * const consent = await signRotateKey(nextKey, { id: 7 });
 * const nonce = consentNonce(consent);
 * await isNonceUsed(client, { registry: "identityRegistry", owner: consent.newOwner, nonce }); // false
 */
export function consentNonce(consent: Consent): bigint {
  return consentNonceOf(consent);
}

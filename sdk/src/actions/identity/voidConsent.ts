import { unorderedNoncesAbi } from "../../abi/unorderedNonces.ts";
import { noncesOf, placeOf } from "../../codecs/nonces.ts";
import { type Consent, consenterOf, consentNonceOf } from "../../internal/consents.ts";
import { defineSync, defineWrite } from "../../internal/defineWrite.ts";
import type { ContractCall, SyncAction, SyncReturnType, WriteAction } from "../../internal/types.ts";
import type { InvalidateNoncesEvent } from "../nonces/invalidateNonces.ts";

/** Parameters of `voidConsent`: what `signRotateKey`, `signAgentWallet` or `signPulse` returned. */
export type VoidConsentParameters = Consent;

/** Result of `voidConsentSync`. */
export type VoidConsentSyncReturnType = SyncReturnType<InvalidateNoncesEvent>;

/**
 * Takes back the consent of a next key or of a wallet, or a signed check-in, by whoever signed it; suspended or not. These
 * have no nonce: the registry keeps their EIP-712 digest as one, which `consentNonce` answers. It voids this one alone: of
 * check-ins that were signed for dates to come, each is taken back by itself. A check-in in a later second voids those that
 * name an earlier one, too.
 *
 * Simulates first, so that a refusal costs nothing and is explained, then sends and returns at once.
 *
 * @param client - Client with the account that sends: the next key, the wallet, or the owner that checked in.
 * @param parameters - {@link VoidConsentParameters}
 * @returns The hash of the transaction.
 * @throws {NotSignerError} The account is not the one that signed.
 *
 * @example
 * const consent = await signRotateKey(nextKey, { id: 7 });
 * const hash = await voidConsent(nextKey, consent);
 */
export const voidConsent: WriteAction<
  VoidConsentParameters,
  InvalidateNoncesEvent,
  ContractCall<typeof unorderedNoncesAbi, "invalidateNonces">
> = /*#__PURE__*/ defineWrite({
  registry: "identityRegistry",
  abi: unorderedNoncesAbi,
  functionName: "invalidateNonces",
  args: (consent: VoidConsentParameters) => {
    const { word, mask } = placeOf(consentNonceOf(consent));
    return [word, mask];
  },
  events: {
    NoncesInvalidated: ({ owner, word, mask }) => ({ owner, nonces: noncesOf(word, mask) }),
  },
  sender: consenterOf,
});

/**
 * `voidConsent`, and waits: the nonce that is used up.
 *
 * @param client - Client with the account that sends: the next key, the wallet, or the owner that checked in.
 * @param parameters - {@link VoidConsentParameters}
 * @returns {@link VoidConsentSyncReturnType}
 * @throws {NotSignerError} The account is not the one that signed.
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * const consent = await signRotateKey(nextKey, { id: 7 });
 * const { nonces } = await voidConsentSync(nextKey, consent);
 */
export const voidConsentSync: SyncAction<VoidConsentParameters, InvalidateNoncesEvent> =
  /*#__PURE__*/ defineSync(voidConsent);

import { unorderedNoncesAbi } from "../../abi/unorderedNonces.ts";
import { noncesOf, placeOf } from "../../codecs/nonces.ts";
import { consenterOf, consentNonceOf } from "../../internal/consents.ts";
import { defineSync, defineWrite } from "../../internal/defineWrite.ts";
import type { ContractCall, SyncAction, SyncReturnType, WriteAction } from "../../internal/types.ts";
import type { InvalidateNoncesEvent } from "../nonces/invalidateNonces.ts";
import type { SignedAgentWallet } from "./signAgentWallet.ts";
import type { SignedRotateKey } from "./signRotateKey.ts";

/** Parameters of `voidConsent`: what `signRotateKey` or `signAgentWallet` returned. */
export type VoidConsentParameters = Omit<SignedRotateKey, "signature"> | Omit<SignedAgentWallet, "signature">;

/** Result of `voidConsentSync`. */
export type VoidConsentSyncReturnType = SyncReturnType<InvalidateNoncesEvent>;

/**
 * Takes back the consent of a next key or of a wallet, by whoever gave it. Such a consent has no nonce: the registry keeps its
 * EIP-712 digest as one, which `consentNonce` answers. A signed check-in is no such consent: any check-in makes it void.
 *
 * Simulates first, so that a refusal costs nothing and is explained, then sends and returns at once.
 *
 * @param client - Client with the account that sends: the next key, or the wallet.
 * @param parameters - {@link VoidConsentParameters}
 * @returns The hash of the transaction.
 * @throws {NotSignerError} The account is not the one that consented.
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
 * @param client - Client with the account that sends: the next key, or the wallet.
 * @param parameters - {@link VoidConsentParameters}
 * @returns {@link VoidConsentSyncReturnType}
 * @throws {NotSignerError} The account is not the one that consented.
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * const consent = await signRotateKey(nextKey, { id: 7 });
 * const { nonces } = await voidConsentSync(nextKey, consent);
 */
export const voidConsentSync: SyncAction<VoidConsentParameters, InvalidateNoncesEvent> =
  /*#__PURE__*/ defineSync(voidConsent);

import { unorderedNoncesAbi } from "../../abi/unorderedNonces.ts";
import { signedOf } from "../../check/signed.ts";
import { NoncesInvalidated } from "../../codecs/eventDecoders.ts";
import { placeOf } from "../../codecs/nonces.ts";
import type { NotSignerError, TransactionRefusedError } from "../../errors/arguments.ts";
import type { WriteErrorType } from "../../errors/common.ts";
import type { InvalidSignatureError } from "../../errors/identity.ts";
import type { SignatureVoidError, SignedElsewhereError, SignerUnknownError } from "../../errors/signed.ts";
import type { UnknownIdentityError } from "../../errors/vouch.ts";
import { requireVoidable } from "../../signatures/requireVoidable.ts";
import { registryOf, voidingNonceOf } from "../../signatures/voidable.ts";
import type { Voidable } from "../../types/signed.ts";
import type { ContractCall, SyncAction, SyncReturnType, WriteAction } from "../../types/write.ts";
import { defineSync } from "../../writes/defineSync.ts";
import { defineWrite } from "../../writes/defineWrite.ts";
import type { InvalidateNoncesEvent } from "../nonces/invalidateNonces.ts";

/** Parameters of `voidConsent`. */
export type VoidConsentParameters = {
  /** What `sign…` returned, but of an agent's link; its signature is checked where it is there. */
  signed: Voidable;
};

/** Result of `voidConsentSync`. */
export type VoidConsentSyncReturnType = SyncReturnType<InvalidateNoncesEvent>;

/** What `voidConsent` throws. */
export type VoidConsentErrorType =
  | WriteErrorType
  | InvalidSignatureError
  | NotSignerError
  | SignatureVoidError
  | SignedElsewhereError
  | SignerUnknownError
  | UnknownIdentityError;

/**
 * Takes back what was signed, by whoever signed it; suspended or not. It voids this one alone, but for alternatives that were
 * signed with the same nonce. The consents of a next key and of a wallet and a signed check-in have no nonce: the registry
 * keeps their EIP-712 digest as one, which `consentNonce` answers. Of check-ins that were signed for dates to come, each is
 * taken back by itself; a check-in in a later second voids those that name an earlier one, too. Where what was signed is
 * gone, `invalidateNonces` takes its nonce.
 *
 * It is refused where it would void nothing, which the registry itself would not say: `call` alone asks nobody. What cannot
 * count yet, as a check-in that names a later one than the last, can be taken back.
 *
 * Simulates first, so that a refusal costs nothing and is explained, then sends and returns at once.
 *
 * @param client - Client with the account that sends: the one that signed.
 * @param parameters - {@link VoidConsentParameters}
 * @returns The hash of the transaction.
 * @throws {NotSignerError} The account is not the one that signed.
 * @throws {InvalidSignatureError} It has a signature, which is not one by whom it names over what it says.
 * @throws {SignatureVoidError} It can never count: it was used, taken back or overtaken, its deadline has passed, or a key that
 * it names is none any more.
 * @throws {SignedElsewhereError} It was signed for another chain or registry.
 * @throws {SignerUnknownError} It was signed for a later key of the voucher, and not by the account.
 * @throws {UnknownIdentityError} The identity does not exist.
 *
 * @example
 * const consent = await signRotateKey(nextKey, { id: 7 });
 * const hash = await voidConsent(nextKey, { signed: consent });
 */
export const voidConsent: WriteAction<
  VoidConsentParameters,
  InvalidateNoncesEvent,
  ContractCall<typeof unorderedNoncesAbi, "invalidateNonces">
> = /*#__PURE__*/ defineWrite({
  registry: (parameters: VoidConsentParameters) => registryOf(signedOf(parameters)),
  abi: unorderedNoncesAbi,
  functionName: "invalidateNonces",
  args: (parameters: VoidConsentParameters) => {
    const { word, mask } = placeOf(voidingNonceOf(signedOf(parameters)));
    return [word, mask];
  },
  events: { NoncesInvalidated },
  check: requireVoidable,
});

/** What `voidConsentSync` throws. */
export type VoidConsentSyncErrorType =
  | WriteErrorType
  | InvalidSignatureError
  | NotSignerError
  | SignatureVoidError
  | SignedElsewhereError
  | SignerUnknownError
  | TransactionRefusedError
  | UnknownIdentityError;

/**
 * `voidConsent`, and waits: the nonce that is used up.
 *
 * @param client - Client with the account that sends: the one that signed.
 * @param parameters - {@link VoidConsentParameters}
 * @returns {@link VoidConsentSyncReturnType}
 * @throws {NotSignerError} The account is not the one that signed.
 * @throws {InvalidSignatureError} It has a signature, which is not one by whom it names over what it says.
 * @throws {SignatureVoidError} It can never count: it was used, taken back or overtaken, its deadline has passed, or a key that
 * it names is none any more.
 * @throws {SignedElsewhereError} It was signed for another chain or registry.
 * @throws {SignerUnknownError} It was signed for a later key of the voucher, and not by the account.
 * @throws {UnknownIdentityError} The identity does not exist.
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * const consent = await signRotateKey(nextKey, { id: 7 });
 * const { nonces } = await voidConsentSync(nextKey, { signed: consent });
 */
export const voidConsentSync: SyncAction<VoidConsentParameters, InvalidateNoncesEvent> =
  /*#__PURE__*/ defineSync(voidConsent);

import { vouchRegistryAbi } from "../../abi/vouchRegistry.ts";
import { addressOf, bytesOf, timeOf, uint256Of } from "../../check/arguments.ts";
import { offerStruct } from "../../check/offer.ts";
import { signedOf } from "../../check/signed.ts";
import { Warned } from "../../codecs/eventDecoders.ts";
import type { TransactionRefusedError } from "../../errors/arguments.ts";
import type { WriteErrorType } from "../../errors/common.ts";
import type { InvalidSignatureError, NonceUsedError, SignatureExpiredError } from "../../errors/identity.ts";
import type { SignatureFormError, SignerNotDeployedError } from "../../errors/signed.ts";
import type {
  ArbiterChangesError,
  InsufficientStandingError,
  NotActiveError,
  NotArbiterError,
  NotSubjectKeyError,
  ReleaseShortensError,
  StakeShrinksError,
  UnknownIdentityError,
  VouchExistsError,
} from "../../errors/vouch.ts";
import { requireUsable, voucherOf } from "../../signatures/requireUsable.ts";
import { unwrapped } from "../../signatures/unwrapped.ts";
import type { Offer } from "../../types/offer.ts";
import type { SignedWarn } from "../../types/signed.ts";
import type { ContractCall, SyncAction, SyncReturnType, WriteAction } from "../../types/write.ts";
import { defineSync } from "../../writes/defineSync.ts";
import { defineWrite } from "../../writes/defineWrite.ts";
import type { WarnEvent } from "./warn.ts";

/** Parameters of `warnFor`. */
export type WarnForParameters = {
  /** What `signWarn` returned; of it, only these fields are read. */
  signed: Offer & Pick<SignedWarn, "subjectKey" | "signatureNonce" | "deadline" | "signature">;
};

/** Result of `warnForSync`. */
export type WarnForSyncReturnType = SyncReturnType<WarnEvent>;

/** What `warnFor` throws. */
export type WarnForErrorType =
  | WriteErrorType
  | ArbiterChangesError
  | InsufficientStandingError
  | InvalidSignatureError
  | NonceUsedError
  | NotActiveError
  | NotArbiterError
  | NotSubjectKeyError
  | ReleaseShortensError
  | SignatureExpiredError
  | SignatureFormError
  | SignerNotDeployedError
  | StakeShrinksError
  | UnknownIdentityError
  | VouchExistsError;

/**
 * `warn`, by a signature made with `signWarn`; the account only pays.
 *
 * Simulates first, so that a refusal costs nothing and is explained, then sends and returns at once.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link WarnForParameters}
 * @returns The hash of the transaction.
 * @throws {InvalidSignatureError} The voucher's owner did not sign this, or the pair, a key or the arbiter has changed
 * since.
 * @throws {SignatureExpiredError} It was signed too long ago.
 * @throws {SignatureFormError} It is in a form that counts for no key.
 * @throws {SignerNotDeployedError} The smart account that signed is not deployed yet.
 * @throws {NonceUsedError} The signature was used, or made void.
 * @throws {NotSubjectKeyError} The key that was signed never owned the subject.
 * @throws {InsufficientStandingError} The voucher has not that many points free.
 * @throws {VouchExistsError} The pair has a live warning: renew it.
 * @throws {ArbiterChangesError} What is locked has another arbiter.
 * @throws {StakeShrinksError} More is locked than that.
 * @throws {ReleaseShortensError} What is locked is locked for longer.
 * @throws {NotArbiterError} The arbiter did not agree to be one, or does no longer, and nothing is locked under it.
 * @throws {NotActiveError} Voucher or arbiter is suspended, or one of them is retired; the arbiter may be where points are
 * locked under it.
 * @throws {UnknownIdentityError} One of them does not exist.
 *
 * @example
 * const signed = await signWarn(voucher, { voucherId: 7, subjectId: 9, stake: 30, periods: 2 });
 * const hash = await warnFor(payer, { signed });
 */
export const warnFor: WriteAction<
  WarnForParameters,
  WarnEvent,
  ContractCall<typeof vouchRegistryAbi, "warnFor">
> = /*#__PURE__*/ defineWrite({
  registry: "vouchRegistry",
  abi: vouchRegistryAbi,
  functionName: "warnFor",
  args: (parameters: WarnForParameters) => {
    const { subjectKey, signatureNonce, deadline, signature, ...offer } = signedOf(parameters);
    return [
      offerStruct(offer),
      addressOf(subjectKey),
      uint256Of(signatureNonce, "signatureNonce"),
      timeOf(deadline, "deadline"),
      unwrapped(bytesOf(signature, "signature")),
    ];
  },
  check: (client, parameters) => requireUsable(client, parameters, voucherOf),
  events: { Warned },
});

/** What `warnForSync` throws. */
export type WarnForSyncErrorType =
  | WriteErrorType
  | ArbiterChangesError
  | InsufficientStandingError
  | InvalidSignatureError
  | NonceUsedError
  | NotActiveError
  | NotArbiterError
  | NotSubjectKeyError
  | ReleaseShortensError
  | SignatureExpiredError
  | SignatureFormError
  | SignerNotDeployedError
  | StakeShrinksError
  | TransactionRefusedError
  | UnknownIdentityError
  | VouchExistsError;

/**
 * `warnFor`, and waits: the new edge.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link WarnForParameters}
 * @returns {@link WarnForSyncReturnType}
 * @throws {InvalidSignatureError} The voucher's owner did not sign this, or the pair, a key or the arbiter has changed
 * since.
 * @throws {SignatureExpiredError} It was signed too long ago.
 * @throws {SignatureFormError} It is in a form that counts for no key.
 * @throws {SignerNotDeployedError} The smart account that signed is not deployed yet.
 * @throws {NonceUsedError} The signature was used, or made void.
 * @throws {NotSubjectKeyError} The key that was signed never owned the subject.
 * @throws {InsufficientStandingError} The voucher has not that many points free.
 * @throws {VouchExistsError} The pair has a live warning: renew it.
 * @throws {ArbiterChangesError} What is locked has another arbiter.
 * @throws {StakeShrinksError} More is locked than that.
 * @throws {ReleaseShortensError} What is locked is locked for longer.
 * @throws {NotArbiterError} The arbiter did not agree to be one, or does no longer, and nothing is locked under it.
 * @throws {NotActiveError} Voucher or arbiter is suspended, or one of them is retired; the arbiter may be where points are
 * locked under it.
 * @throws {UnknownIdentityError} One of them does not exist.
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * const signed = await signWarn(voucher, { voucherId: 7, subjectId: 9, stake: 30, periods: 2 });
 * const { edge } = await warnForSync(payer, { signed });
 */
export const warnForSync: SyncAction<WarnForParameters, WarnEvent> = /*#__PURE__*/ defineSync(warnFor);

import { vouchRegistryAbi } from "../../abi/vouchRegistry.ts";
import { bytesOf, timeOf, uint256Of } from "../../check/arguments.ts";
import { offerStruct } from "../../check/offer.ts";
import { signedOf } from "../../check/signed.ts";
import { Vouched } from "../../codecs/eventDecoders.ts";
import type { TransactionRefusedError } from "../../errors/arguments.ts";
import type { WriteErrorType } from "../../errors/common.ts";
import type { InvalidSignatureError, NonceUsedError, SignatureExpiredError } from "../../errors/identity.ts";
import type { SignatureFormError, SignerNotDeployedError } from "../../errors/signed.ts";
import type {
  ArbiterChangesError,
  InsufficientStandingError,
  NotActiveError,
  NotArbiterError,
  ReleaseShortensError,
  StakeShrinksError,
  UnknownIdentityError,
  VouchExistsError,
  VouchRefusedError,
} from "../../errors/vouch.ts";
import { requireUsable, voucherOf } from "../../signatures/requireUsable.ts";
import { unwrapped } from "../../signatures/unwrapped.ts";
import type { Offer } from "../../types/offer.ts";
import type { SignedVouch } from "../../types/signed.ts";
import type { ContractCall, SyncAction, SyncReturnType, WriteAction } from "../../types/write.ts";
import { defineSync } from "../../writes/defineSync.ts";
import { defineWrite } from "../../writes/defineWrite.ts";
import type { VouchEvent } from "./vouch.ts";

/** Parameters of `vouchFor`. */
export type VouchForParameters = {
  /** What `signVouch` returned; of it, only these fields are read. */
  signed: Offer & Pick<SignedVouch, "signatureNonce" | "deadline" | "signature">;
};

/** Result of `vouchForSync`. */
export type VouchForSyncReturnType = SyncReturnType<VouchEvent>;

/** What `vouchFor` throws. */
export type VouchForErrorType =
  | WriteErrorType
  | ArbiterChangesError
  | InsufficientStandingError
  | InvalidSignatureError
  | NonceUsedError
  | NotActiveError
  | NotArbiterError
  | ReleaseShortensError
  | SignatureExpiredError
  | SignatureFormError
  | SignerNotDeployedError
  | StakeShrinksError
  | UnknownIdentityError
  | VouchExistsError
  | VouchRefusedError;

/**
 * `vouch`, by a signature made with `signVouch`; the account only pays.
 *
 * Simulates first, so that a refusal costs nothing and is explained, then sends and returns at once.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link VouchForParameters}
 * @returns The hash of the transaction.
 * @throws {InvalidSignatureError} The voucher's owner did not sign this, or the pair, a key or the arbiter has changed
 * since.
 * @throws {SignatureExpiredError} It was signed too long ago.
 * @throws {SignatureFormError} It is in a form that counts for no key.
 * @throws {SignerNotDeployedError} The smart account that signed is not deployed yet.
 * @throws {NonceUsedError} The signature was used, or made void.
 * @throws {InsufficientStandingError} The voucher has not that many points free.
 * @throws {VouchExistsError} The pair has a live vouch: renew it.
 * @throws {VouchRefusedError} The subject disowned what is still locked.
 * @throws {ArbiterChangesError} What is locked has another arbiter.
 * @throws {StakeShrinksError} More is locked than that.
 * @throws {ReleaseShortensError} What is locked is locked for longer.
 * @throws {NotArbiterError} The arbiter did not agree to be one, or does no longer, and nothing is locked under it.
 * @throws {NotActiveError} One of them is suspended or retired; the arbiter may be where points are locked under it.
 * @throws {UnknownIdentityError} One of them does not exist.
 *
 * @example
 * const signed = await signVouch(voucher, { voucherId: 7, subjectId: 9, stake: 30, periods: 2 });
 * const hash = await vouchFor(payer, { signed });
 */
export const vouchFor: WriteAction<
  VouchForParameters,
  VouchEvent,
  ContractCall<typeof vouchRegistryAbi, "vouchFor">
> = /*#__PURE__*/ defineWrite({
  registry: "vouchRegistry",
  abi: vouchRegistryAbi,
  functionName: "vouchFor",
  args: (parameters: VouchForParameters) => {
    const { signatureNonce, deadline, signature, ...offer } = signedOf(parameters);
    return [
      offerStruct(offer),
      uint256Of(signatureNonce, "signatureNonce"),
      timeOf(deadline, "deadline"),
      unwrapped(bytesOf(signature, "signature")),
    ];
  },
  check: (client, parameters) => requireUsable(client, parameters, voucherOf),
  events: { Vouched },
});

/** What `vouchForSync` throws. */
export type VouchForSyncErrorType =
  | WriteErrorType
  | ArbiterChangesError
  | InsufficientStandingError
  | InvalidSignatureError
  | NonceUsedError
  | NotActiveError
  | NotArbiterError
  | ReleaseShortensError
  | SignatureExpiredError
  | SignatureFormError
  | SignerNotDeployedError
  | StakeShrinksError
  | TransactionRefusedError
  | UnknownIdentityError
  | VouchExistsError
  | VouchRefusedError;

/**
 * `vouchFor`, and waits: the new edge.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link VouchForParameters}
 * @returns {@link VouchForSyncReturnType}
 * @throws {InvalidSignatureError} The voucher's owner did not sign this, or the pair, a key or the arbiter has changed
 * since.
 * @throws {SignatureExpiredError} It was signed too long ago.
 * @throws {SignatureFormError} It is in a form that counts for no key.
 * @throws {SignerNotDeployedError} The smart account that signed is not deployed yet.
 * @throws {NonceUsedError} The signature was used, or made void.
 * @throws {InsufficientStandingError} The voucher has not that many points free.
 * @throws {VouchExistsError} The pair has a live vouch: renew it.
 * @throws {VouchRefusedError} The subject disowned what is still locked.
 * @throws {ArbiterChangesError} What is locked has another arbiter.
 * @throws {StakeShrinksError} More is locked than that.
 * @throws {ReleaseShortensError} What is locked is locked for longer.
 * @throws {NotArbiterError} The arbiter did not agree to be one, or does no longer, and nothing is locked under it.
 * @throws {NotActiveError} One of them is suspended or retired; the arbiter may be where points are locked under it.
 * @throws {UnknownIdentityError} One of them does not exist.
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * const signed = await signVouch(voucher, { voucherId: 7, subjectId: 9, stake: 30, periods: 2 });
 * const { edge } = await vouchForSync(payer, { signed });
 */
export const vouchForSync: SyncAction<VouchForParameters, VouchEvent> = /*#__PURE__*/ defineSync(vouchFor);

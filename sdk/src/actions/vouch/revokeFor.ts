import { vouchRegistryAbi } from "../../abi/vouchRegistry.ts";
import { bytesOf, idOf, timeOf, uint256Of } from "../../check/arguments.ts";
import { signedOf } from "../../check/signed.ts";
import { Revoked } from "../../codecs/eventDecoders.ts";
import type { TransactionRefusedError } from "../../errors/arguments.ts";
import type { WriteErrorType } from "../../errors/common.ts";
import type { InvalidSignatureError, NonceUsedError, SignatureExpiredError } from "../../errors/identity.ts";
import type { SignatureFormError, SignerNotDeployedError } from "../../errors/signed.ts";
import type {
  NotActiveError,
  UnknownIdentityError,
  VouchNotFoundError,
  VouchNotLiveError,
} from "../../errors/vouch.ts";
import { requireUsable, voucherOf } from "../../signatures/requireUsable.ts";
import { unwrapped } from "../../signatures/unwrapped.ts";
import type { SignedRevoke } from "../../types/signed.ts";
import type { ContractCall, SyncAction, SyncReturnType, WriteAction } from "../../types/write.ts";
import { defineSync } from "../../writes/defineSync.ts";
import { defineWrite } from "../../writes/defineWrite.ts";
import type { RevokeEvent } from "./revoke.ts";

/** Parameters of `revokeFor`. */
export type RevokeForParameters = {
  /** What `signRevoke` returned; of it, only these fields are read. */
  signed: Pick<SignedRevoke, "voucherId" | "subjectId" | "signatureNonce" | "deadline" | "signature">;
};

/** Result of `revokeForSync`. */
export type RevokeForSyncReturnType = SyncReturnType<RevokeEvent>;

/** What `revokeFor` throws. */
export type RevokeForErrorType =
  | WriteErrorType
  | InvalidSignatureError
  | NonceUsedError
  | NotActiveError
  | SignatureExpiredError
  | SignatureFormError
  | SignerNotDeployedError
  | UnknownIdentityError
  | VouchNotFoundError
  | VouchNotLiveError;

/**
 * `revoke`, by a signature made with `signRevoke`; the account only pays.
 *
 * Simulates first, so that a refusal costs nothing and is explained, then sends and returns at once.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link RevokeForParameters}
 * @returns The hash of the transaction.
 * @throws {InvalidSignatureError} The voucher's owner did not sign this, or the pair or its key has changed since.
 * @throws {SignatureExpiredError} It was signed too long ago.
 * @throws {SignatureFormError} It is in a form that counts for no key.
 * @throws {SignerNotDeployedError} The smart account that signed is not deployed yet.
 * @throws {NonceUsedError} The signature was used, or made void.
 * @throws {VouchNotFoundError} The pair has none.
 * @throws {VouchNotLiveError} It counts no more.
 * @throws {NotActiveError} The voucher is retired.
 * @throws {UnknownIdentityError} The voucher does not exist.
 *
 * @example
 * const signed = await signRevoke(voucher, { voucherId: 7, subjectId: 9 });
 * const hash = await revokeFor(payer, { signed });
 */
export const revokeFor: WriteAction<
  RevokeForParameters,
  RevokeEvent,
  ContractCall<typeof vouchRegistryAbi, "revokeFor">
> = /*#__PURE__*/ defineWrite({
  registry: "vouchRegistry",
  abi: vouchRegistryAbi,
  functionName: "revokeFor",
  args: (parameters: RevokeForParameters) => {
    const { voucherId, subjectId, signatureNonce, deadline, signature } = signedOf(parameters);
    return [
      idOf(voucherId, "voucherId"),
      idOf(subjectId, "subjectId"),
      uint256Of(signatureNonce, "signatureNonce"),
      timeOf(deadline, "deadline"),
      unwrapped(bytesOf(signature, "signature")),
    ];
  },
  check: (client, parameters) => requireUsable(client, parameters, voucherOf),
  events: { Revoked },
});

/** What `revokeForSync` throws. */
export type RevokeForSyncErrorType =
  | WriteErrorType
  | InvalidSignatureError
  | NonceUsedError
  | NotActiveError
  | SignatureExpiredError
  | SignatureFormError
  | SignerNotDeployedError
  | TransactionRefusedError
  | UnknownIdentityError
  | VouchNotFoundError
  | VouchNotLiveError;

/**
 * `revokeFor`, and waits: the edge.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link RevokeForParameters}
 * @returns {@link RevokeForSyncReturnType}
 * @throws {InvalidSignatureError} The voucher's owner did not sign this, or the pair or its key has changed since.
 * @throws {SignatureExpiredError} It was signed too long ago.
 * @throws {SignatureFormError} It is in a form that counts for no key.
 * @throws {SignerNotDeployedError} The smart account that signed is not deployed yet.
 * @throws {NonceUsedError} The signature was used, or made void.
 * @throws {VouchNotFoundError} The pair has none.
 * @throws {VouchNotLiveError} It counts no more.
 * @throws {NotActiveError} The voucher is retired.
 * @throws {UnknownIdentityError} The voucher does not exist.
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * const signed = await signRevoke(voucher, { voucherId: 7, subjectId: 9 });
 * const { edge } = await revokeForSync(payer, { signed });
 */
export const revokeForSync: SyncAction<RevokeForParameters, RevokeEvent> = /*#__PURE__*/ defineSync(revokeFor);

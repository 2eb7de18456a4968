import type { Hex } from "viem";
import { vouchRegistryAbi } from "../../abi/vouchRegistry.ts";
import { bytesOf, idOf, timeOf, uint256Of } from "../../check/arguments.ts";
import { decodeEdge } from "../../codecs/edge.ts";
import type { ContractCall, SyncAction, SyncReturnType, WriteAction } from "../../types/write.ts";
import { defineSync } from "../../writes/defineSync.ts";
import { defineWrite } from "../../writes/defineWrite.ts";
import type { RevokeEvent } from "./revoke.ts";

/** Parameters of `revokeFor`. */
export type RevokeForParameters = {
  /** Who staked. */
  voucherId: number;
  /** For or against whom. */
  subjectId: number;
  /** The nonce that was signed; not the nonce of the transaction. */
  signatureNonce: number;
  /** Last second (unix time) at which the signature counts. */
  deadline: number;
  /** The signature of the voucher's owner. */
  signature: Hex;
};

/** Result of `revokeForSync`. */
export type RevokeForSyncReturnType = SyncReturnType<RevokeEvent>;

/**
 * `revoke`, by a signature made with `signRevoke`; the account only pays.
 *
 * Simulates first, so that a refusal costs nothing and is explained, then sends and returns at once.
 *
 * What comes from somebody else goes through `parseSigned` first: whatever else is in it, such as `maxFeePerGas`,
 * `account` or `addresses`, would be taken as the account's own.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link RevokeForParameters}
 * @returns The hash of the transaction.
 * @throws {InvalidSignatureError} The voucher's owner did not sign this, or the pair or its key has changed since.
 * @throws {SignatureExpiredError} It was signed too long ago.
 * @throws {NonceUsedError} The signature was used, or made void.
 * @throws {VouchNotFoundError} The pair has none.
 * @throws {VouchNotLiveError} It counts no more.
 * @throws {NotActiveError} The voucher is retired.
 * @throws {UnknownIdentityError} The voucher does not exist.
 *
 * @example
 * const signed = await signRevoke(voucher, { voucherId: 7, subjectId: 9 });
 * const hash = await revokeFor(payer, signed);
 */
export const revokeFor: WriteAction<
  RevokeForParameters,
  RevokeEvent,
  ContractCall<typeof vouchRegistryAbi, "revokeFor">
> = /*#__PURE__*/ defineWrite({
  registry: "vouchRegistry",
  abi: vouchRegistryAbi,
  functionName: "revokeFor",
  args: ({ voucherId, subjectId, signatureNonce, deadline, signature }: RevokeForParameters) => [
    idOf(voucherId, "voucherId"),
    idOf(subjectId, "subjectId"),
    uint256Of(signatureNonce, "signatureNonce"),
    timeOf(deadline, "deadline"),
    bytesOf(signature, "signature"),
  ],
  events: {
    Revoked: ({ voucherId, subjectId, edge }) => ({
      voucherId: Number(voucherId),
      subjectId: Number(subjectId),
      edge: decodeEdge(edge),
    }),
  },
});

/**
 * `revokeFor`, and waits: the edge.
 *
 * What comes from somebody else goes through `parseSigned` first: whatever else is in it, such as `maxFeePerGas`,
 * `account` or `addresses`, would be taken as the account's own.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link RevokeForParameters}
 * @returns {@link RevokeForSyncReturnType}
 * @throws {InvalidSignatureError} The voucher's owner did not sign this, or the pair or its key has changed since.
 * @throws {SignatureExpiredError} It was signed too long ago.
 * @throws {NonceUsedError} The signature was used, or made void.
 * @throws {VouchNotFoundError} The pair has none.
 * @throws {VouchNotLiveError} It counts no more.
 * @throws {NotActiveError} The voucher is retired.
 * @throws {UnknownIdentityError} The voucher does not exist.
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * const signed = await signRevoke(voucher, { voucherId: 7, subjectId: 9 });
 * const { edge } = await revokeForSync(payer, signed);
 */
export const revokeForSync: SyncAction<RevokeForParameters, RevokeEvent> = /*#__PURE__*/ defineSync(revokeFor);

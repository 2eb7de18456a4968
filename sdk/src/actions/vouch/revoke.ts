import { vouchRegistryAbi } from "../../abi/vouchRegistry.ts";
import { idOf } from "../../check/arguments.ts";
import { Revoked } from "../../codecs/eventDecoders.ts";
import type { TransactionRefusedError } from "../../errors/arguments.ts";
import type { WriteErrorType } from "../../errors/common.ts";
import type { NotOwnerError } from "../../errors/identity.ts";
import type {
  NotActiveError,
  UnknownIdentityError,
  VouchNotFoundError,
  VouchNotLiveError,
} from "../../errors/vouch.ts";
import type { Edge } from "../../types/vouch.ts";
import type { ContractCall, SyncAction, SyncReturnType, WriteAction } from "../../types/write.ts";
import { defineSync } from "../../writes/defineSync.ts";
import { defineWrite } from "../../writes/defineWrite.ts";

/** Parameters of `revoke`. */
export type RevokeParameters = {
  /** Who staked. */
  voucherId: number;
  /** For or against whom. */
  subjectId: number;
};

/** What comes of `revoke`. */
export type RevokeEvent = {
  /** Who staked. */
  voucherId: number;
  /** For or against whom. */
  subjectId: number;
  /** The edge, as it is now. */
  edge: Edge;
};

/** Result of `revokeSync`. */
export type RevokeSyncReturnType = SyncReturnType<RevokeEvent>;

/** What `revoke` throws. */
export type RevokeErrorType =
  | WriteErrorType
  | NotActiveError
  | NotOwnerError
  | UnknownIdentityError
  | VouchNotFoundError
  | VouchNotLiveError;

/**
 * Takes a vouch or warning back: it counts no more. Its stake stays locked to the end of the next period. By the owner of
 * the voucher, suspended or not, and by its guardian while it is suspended.
 *
 * Simulates first, so that a refusal costs nothing and is explained, then sends and returns at once.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link RevokeParameters}
 * @returns The hash of the transaction.
 * @throws {NotOwnerError} The account is not its owner, nor the guardian of a suspended one.
 * @throws {VouchNotFoundError} The pair has none.
 * @throws {VouchNotLiveError} It counts no more.
 * @throws {NotActiveError} The voucher is retired.
 * @throws {UnknownIdentityError} The voucher does not exist.
 *
 * @example
 * const hash = await revoke(client, { voucherId: 7, subjectId: 9 });
 */
export const revoke: WriteAction<
  RevokeParameters,
  RevokeEvent,
  ContractCall<typeof vouchRegistryAbi, "revoke">
> = /*#__PURE__*/ defineWrite({
  registry: "vouchRegistry",
  abi: vouchRegistryAbi,
  functionName: "revoke",
  args: ({ voucherId, subjectId }: RevokeParameters) => [idOf(voucherId, "voucherId"), idOf(subjectId, "subjectId")],
  events: { Revoked },
});

/** What `revokeSync` throws. */
export type RevokeSyncErrorType =
  | WriteErrorType
  | NotActiveError
  | NotOwnerError
  | TransactionRefusedError
  | UnknownIdentityError
  | VouchNotFoundError
  | VouchNotLiveError;

/**
 * `revoke`, and waits: the edge.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link RevokeParameters}
 * @returns {@link RevokeSyncReturnType}
 * @throws {NotOwnerError} The account is not its owner, nor the guardian of a suspended one.
 * @throws {VouchNotFoundError} The pair has none.
 * @throws {VouchNotLiveError} It counts no more.
 * @throws {NotActiveError} The voucher is retired.
 * @throws {UnknownIdentityError} The voucher does not exist.
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * const { edge } = await revokeSync(client, { voucherId: 7, subjectId: 9 });
 */
export const revokeSync: SyncAction<RevokeParameters, RevokeEvent> = /*#__PURE__*/ defineSync(revoke);

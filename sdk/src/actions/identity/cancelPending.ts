import type { Address } from "viem";
import { identityRegistryAbi } from "../../abi/identityRegistry.ts";
import { idOf } from "../../check/arguments.ts";
import { ChangeCancelled } from "../../codecs/eventDecoders.ts";
import type { TransactionRefusedError } from "../../errors/arguments.ts";
import type { WriteErrorType } from "../../errors/common.ts";
import type { NoPendingChangeError, NotAuthorizedError } from "../../errors/identity.ts";
import type { UnknownIdentityError } from "../../errors/vouch.ts";
import type { ChangeKind } from "../../types/identity.ts";
import type { ContractCall, SyncAction, SyncReturnType, WriteAction } from "../../types/write.ts";
import { defineSync } from "../../writes/defineSync.ts";
import { defineWrite } from "../../writes/defineWrite.ts";

/** Parameters of `cancelPending`. */
export type CancelPendingParameters = {
  /** The identity. */
  id: number;
};

/** What comes of `cancelPending`. */
export type CancelPendingEvent = {
  /** The identity. */
  id: number;
  /** What will not change. */
  kind: ChangeKind;
  /** Who cancelled it. */
  by: Address;
};

/** Result of `cancelPendingSync`. */
export type CancelPendingSyncReturnType = SyncReturnType<CancelPendingEvent>;

/** What `cancelPending` throws. */
export type CancelPendingErrorType = WriteErrorType | NoPendingChangeError | NotAuthorizedError | UnknownIdentityError;

/**
 * Cancels a change that waits. By the guardian; by the owner for a change that it proposed.
 *
 * Simulates first, so that a refusal costs nothing and is explained, then sends and returns at once.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link CancelPendingParameters}
 * @returns The hash of the transaction.
 * @throws {NoPendingChangeError} Nothing waits.
 * @throws {NotAuthorizedError} The account may not cancel it.
 * @throws {UnknownIdentityError} It does not exist.
 *
 * @example
 * const hash = await cancelPending(client, { id: 7 });
 */
export const cancelPending: WriteAction<
  CancelPendingParameters,
  CancelPendingEvent,
  ContractCall<typeof identityRegistryAbi, "cancelPending">
> = /*#__PURE__*/ defineWrite({
  registry: "identityRegistry",
  abi: identityRegistryAbi,
  functionName: "cancelPending",
  args: ({ id }: CancelPendingParameters) => [idOf(id)],
  events: { ChangeCancelled },
});

/** What `cancelPendingSync` throws. */
export type CancelPendingSyncErrorType =
  | WriteErrorType
  | NoPendingChangeError
  | NotAuthorizedError
  | TransactionRefusedError
  | UnknownIdentityError;

/**
 * `cancelPending`, and waits: what was cancelled.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link CancelPendingParameters}
 * @returns {@link CancelPendingSyncReturnType}
 * @throws {NoPendingChangeError} Nothing waits.
 * @throws {NotAuthorizedError} The account may not cancel it.
 * @throws {UnknownIdentityError} It does not exist.
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * const { kind } = await cancelPendingSync(client, { id: 7 });
 */
export const cancelPendingSync: SyncAction<CancelPendingParameters, CancelPendingEvent> =
  /*#__PURE__*/ defineSync(cancelPending);

import { identityRegistryAbi } from "../../abi/identityRegistry.ts";
import { idOf } from "../../check/arguments.ts";
import { KeyRotated } from "../../codecs/eventDecoders.ts";
import type { TransactionRefusedError } from "../../errors/arguments.ts";
import type { WriteErrorType } from "../../errors/common.ts";
import type { ChangeNotReadyError, NoPendingChangeError, NotCandidateError } from "../../errors/identity.ts";
import type { UnknownIdentityError } from "../../errors/vouch.ts";
import type { ContractCall, SyncAction, SyncReturnType, WriteAction } from "../../types/write.ts";
import { defineSync } from "../../writes/defineSync.ts";
import { defineWrite } from "../../writes/defineWrite.ts";
import type { RotateKeyEvent } from "./rotateKey.ts";

/** Parameters of `claimRecovery`. */
export type ClaimRecoveryParameters = {
  /** The identity. */
  id: number;
};

/** Result of `claimRecoverySync`. */
export type ClaimRecoverySyncReturnType = SyncReturnType<RotateKeyEvent>;

/** What `claimRecovery` throws. */
export type ClaimRecoveryErrorType =
  | WriteErrorType
  | ChangeNotReadyError
  | NoPendingChangeError
  | NotCandidateError
  | UnknownIdentityError;

/**
 * Completes a recovery: the identity belongs to the account from now on. By its candidate, after the recovery delay. A
 * suspended identity stays suspended, so that the account can first `revoke` what a thief staked. That it is a key,
 * `proveKey` proves afterwards.
 *
 * Simulates first, so that a refusal costs nothing and is explained, then sends and returns at once.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link ClaimRecoveryParameters}
 * @returns The hash of the transaction.
 * @throws {NotCandidateError} The account is not the candidate.
 * @throws {NoPendingChangeError} No recovery waits.
 * @throws {ChangeNotReadyError} It has to wait longer.
 * @throws {UnknownIdentityError} It does not exist.
 *
 * @example
 * const hash = await claimRecovery(candidate, { id: 7 });
 */
export const claimRecovery: WriteAction<
  ClaimRecoveryParameters,
  RotateKeyEvent,
  ContractCall<typeof identityRegistryAbi, "claimRecovery">
> = /*#__PURE__*/ defineWrite({
  registry: "identityRegistry",
  abi: identityRegistryAbi,
  functionName: "claimRecovery",
  args: ({ id }: ClaimRecoveryParameters) => [idOf(id)],
  events: { KeyRotated },
});

/** What `claimRecoverySync` throws. */
export type ClaimRecoverySyncErrorType =
  | WriteErrorType
  | ChangeNotReadyError
  | NoPendingChangeError
  | NotCandidateError
  | TransactionRefusedError
  | UnknownIdentityError;

/**
 * `claimRecovery`, and waits: the change of the key.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link ClaimRecoveryParameters}
 * @returns {@link ClaimRecoverySyncReturnType}
 * @throws {NotCandidateError} The account is not the candidate.
 * @throws {NoPendingChangeError} No recovery waits.
 * @throws {ChangeNotReadyError} It has to wait longer.
 * @throws {UnknownIdentityError} It does not exist.
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * const { keyEpoch } = await claimRecoverySync(candidate, { id: 7 });
 */
export const claimRecoverySync: SyncAction<ClaimRecoveryParameters, RotateKeyEvent> =
  /*#__PURE__*/ defineSync(claimRecovery);

import type { Address } from "viem";
import { identityRegistryAbi } from "../../abi/identityRegistry.ts";
import { idOf } from "../../check/arguments.ts";
import { Resumed } from "../../codecs/eventDecoders.ts";
import type { TransactionRefusedError } from "../../errors/arguments.ts";
import type { WriteErrorType } from "../../errors/common.ts";
import type { IdentityNotSuspendedError, NotGuardianError, NotOwnerError } from "../../errors/identity.ts";
import type { UnknownIdentityError } from "../../errors/vouch.ts";
import type { ContractCall, SyncAction, SyncReturnType, WriteAction } from "../../types/write.ts";
import { defineSync } from "../../writes/defineSync.ts";
import { defineWrite } from "../../writes/defineWrite.ts";

/** Parameters of `resume`. */
export type ResumeParameters = {
  /** The identity. */
  id: number;
};

/** What comes of `resume`. */
export type ResumeEvent = {
  /** The identity. */
  id: number;
  /** Who did it. */
  by: Address;
};

/** Result of `resumeSync`. */
export type ResumeSyncReturnType = SyncReturnType<ResumeEvent>;

/** What `resume` throws. */
export type ResumeErrorType =
  | WriteErrorType
  | IdentityNotSuspendedError
  | NotGuardianError
  | NotOwnerError
  | UnknownIdentityError;

/**
 * Ends a suspension. By the guardian where there is one, else by the owner. A change that waits goes on waiting, and its
 * delay ran on while the identity was suspended: look at `pending`, and use `cancelPending` first.
 *
 * Simulates first, so that a refusal costs nothing and is explained, then sends and returns at once.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link ResumeParameters}
 * @returns The hash of the transaction.
 * @throws {NotGuardianError} It has a guardian, and the account is not it.
 * @throws {NotOwnerError} The account is not its owner.
 * @throws {IdentityNotSuspendedError} It is not suspended.
 * @throws {UnknownIdentityError} It does not exist.
 *
 * @example
 * const hash = await resume(client, { id: 7 });
 */
export const resume: WriteAction<
  ResumeParameters,
  ResumeEvent,
  ContractCall<typeof identityRegistryAbi, "resume">
> = /*#__PURE__*/ defineWrite({
  registry: "identityRegistry",
  abi: identityRegistryAbi,
  functionName: "resume",
  args: ({ id }: ResumeParameters) => [idOf(id)],
  events: { Resumed },
});

/** What `resumeSync` throws. */
export type ResumeSyncErrorType =
  | WriteErrorType
  | IdentityNotSuspendedError
  | NotGuardianError
  | NotOwnerError
  | TransactionRefusedError
  | UnknownIdentityError;

/**
 * `resume`, and waits: the change.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link ResumeParameters}
 * @returns {@link ResumeSyncReturnType}
 * @throws {NotGuardianError} It has a guardian, and the account is not it.
 * @throws {NotOwnerError} The account is not its owner.
 * @throws {IdentityNotSuspendedError} It is not suspended.
 * @throws {UnknownIdentityError} It does not exist.
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * const { by } = await resumeSync(client, { id: 7 });
 */
export const resumeSync: SyncAction<ResumeParameters, ResumeEvent> = /*#__PURE__*/ defineSync(resume);

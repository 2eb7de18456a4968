import { type Address, zeroAddress } from "viem";
import { identityRegistryAbi } from "../../abi/identityRegistry.ts";
import { addressOf, idOf } from "../../check/arguments.ts";
import { ChangeProposed, GuardianSet } from "../../codecs/eventDecoders.ts";
import type { TransactionRefusedError } from "../../errors/arguments.ts";
import type { WriteErrorType } from "../../errors/common.ts";
import type {
  ChangeNotReadyError,
  GuardianUnchangedError,
  InvalidGuardianError,
  NotOwnerError,
  RecoveryPendingError,
} from "../../errors/identity.ts";
import type { UnknownIdentityError } from "../../errors/vouch.ts";
import type { ContractCall, SyncAction, SyncReturnType, WriteAction } from "../../types/write.ts";
import { defineSync } from "../../writes/defineSync.ts";
import { defineWrite } from "../../writes/defineWrite.ts";

/** Parameters of `setGuardian`. */
export type SetGuardianParameters = {
  /** The identity. */
  id: number;
  /** The guardian; undefined removes it. */
  guardian: Address | undefined;
};

/** What comes of `setGuardian`. */
export type SetGuardianEvent = {
  /** The identity. */
  id: number;
  /** Whether it is in effect, or has to wait and be called again. */
  outcome: "set" | "proposed";
  /** First second (unix time) at which the second call counts, where it has to wait. */
  readyAt: number | undefined;
};

/** Result of `setGuardianSync`. */
export type SetGuardianSyncReturnType = SyncReturnType<SetGuardianEvent>;

/** What `setGuardian` throws. */
export type SetGuardianErrorType =
  | WriteErrorType
  | ChangeNotReadyError
  | GuardianUnchangedError
  | InvalidGuardianError
  | NotOwnerError
  | RecoveryPendingError
  | UnknownIdentityError;

/**
 * Sets the guardian, who may suspend the identity and recover it to a new key. At once where none is set; else it takes two calls, the second after the recovery delay, and the guardian may cancel.
 *
 * Simulates first, so that a refusal costs nothing and is explained, then sends and returns at once.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link SetGuardianParameters}
 * @returns The hash of the transaction.
 * @throws {NotOwnerError} The account is not its owner.
 * @throws {GuardianUnchangedError} It has this guardian already.
 * @throws {InvalidGuardianError} The guardian is the owner.
 * @throws {ChangeNotReadyError} The second call came too early.
 * @throws {RecoveryPendingError} The guardian is recovering it.
 * @throws {UnknownIdentityError} It does not exist.
 *
 * @example
 * const hash = await setGuardian(client, { id: 7, guardian: address });
 */
export const setGuardian: WriteAction<
  SetGuardianParameters,
  SetGuardianEvent,
  ContractCall<typeof identityRegistryAbi, "setGuardian">
> = /*#__PURE__*/ defineWrite({
  registry: "identityRegistry",
  abi: identityRegistryAbi,
  functionName: "setGuardian",
  args: ({ id, guardian }: SetGuardianParameters) => [
    idOf(id),
    guardian === undefined ? zeroAddress : addressOf(guardian),
  ],
  events: {
    GuardianSet: (args) => ({ id: GuardianSet(args).id, outcome: "set", readyAt: undefined }),
    ChangeProposed: (args) => {
      const { id, readyAt } = ChangeProposed(args);
      return { id, outcome: "proposed", readyAt };
    },
  },
});

/** What `setGuardianSync` throws. */
export type SetGuardianSyncErrorType =
  | WriteErrorType
  | ChangeNotReadyError
  | GuardianUnchangedError
  | InvalidGuardianError
  | NotOwnerError
  | RecoveryPendingError
  | TransactionRefusedError
  | UnknownIdentityError;

/**
 * `setGuardian`, and waits: whether it is in effect.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link SetGuardianParameters}
 * @returns {@link SetGuardianSyncReturnType}
 * @throws {NotOwnerError} The account is not its owner.
 * @throws {GuardianUnchangedError} It has this guardian already.
 * @throws {InvalidGuardianError} The guardian is the owner.
 * @throws {ChangeNotReadyError} The second call came too early.
 * @throws {RecoveryPendingError} The guardian is recovering it.
 * @throws {UnknownIdentityError} It does not exist.
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * const { outcome } = await setGuardianSync(client, { id: 7, guardian: address });
 */
export const setGuardianSync: SyncAction<SetGuardianParameters, SetGuardianEvent> =
  /*#__PURE__*/ defineSync(setGuardian);

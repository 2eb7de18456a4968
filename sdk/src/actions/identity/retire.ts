import { identityRegistryAbi } from "../../abi/identityRegistry.ts";
import { idOf } from "../../check/arguments.ts";
import { ChangeProposed, Retired } from "../../codecs/eventDecoders.ts";
import type { TransactionRefusedError } from "../../errors/arguments.ts";
import type { WriteErrorType } from "../../errors/common.ts";
import type {
  ChangeNotReadyError,
  IdentitySuspendedError,
  NotOwnerError,
  RecoveryPendingError,
} from "../../errors/identity.ts";
import type { UnknownIdentityError } from "../../errors/vouch.ts";
import type { ContractCall, SyncAction, SyncReturnType, WriteAction } from "../../types/write.ts";
import { defineSync } from "../../writes/defineSync.ts";
import { defineWrite } from "../../writes/defineWrite.ts";

/** Parameters of `retire`. */
export type RetireParameters = {
  /** The identity. */
  id: number;
};

/** What comes of `retire`. */
export type RetireEvent = {
  /** The identity. */
  id: number;
  /** Whether it has ended, or has to wait and be called again. */
  outcome: "retired" | "proposed";
  /** First second (unix time) at which the second call counts, where it has to wait. */
  readyAt: number | undefined;
};

/** Result of `retireSync`. */
export type RetireSyncReturnType = SyncReturnType<RetireEvent>;

/** What `retire` throws. */
export type RetireErrorType =
  | WriteErrorType
  | ChangeNotReadyError
  | IdentitySuspendedError
  | NotOwnerError
  | RecoveryPendingError
  | UnknownIdentityError;

/**
 * Ends an identity, for ever. At once where it has no guardian; else it takes two calls, the second after the recovery delay, and the guardian may cancel.
 *
 * Simulates first, so that a refusal costs nothing and is explained, then sends and returns at once.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link RetireParameters}
 * @returns The hash of the transaction.
 * @throws {NotOwnerError} The account is not its owner.
 * @throws {IdentitySuspendedError} It is suspended.
 * @throws {ChangeNotReadyError} The second call came too early.
 * @throws {RecoveryPendingError} The guardian is recovering it.
 * @throws {UnknownIdentityError} It does not exist.
 *
 * @example
 * const hash = await retire(client, { id: 7 });
 */
export const retire: WriteAction<
  RetireParameters,
  RetireEvent,
  ContractCall<typeof identityRegistryAbi, "retire">
> = /*#__PURE__*/ defineWrite({
  registry: "identityRegistry",
  abi: identityRegistryAbi,
  functionName: "retire",
  args: ({ id }: RetireParameters) => [idOf(id)],
  events: {
    Retired: (args) => ({ ...Retired(args), outcome: "retired", readyAt: undefined }),
    ChangeProposed: (args) => {
      const { id, readyAt } = ChangeProposed(args);
      return { id, outcome: "proposed", readyAt };
    },
  },
});

/** What `retireSync` throws. */
export type RetireSyncErrorType =
  | WriteErrorType
  | ChangeNotReadyError
  | IdentitySuspendedError
  | NotOwnerError
  | RecoveryPendingError
  | TransactionRefusedError
  | UnknownIdentityError;

/**
 * `retire`, and waits: whether it has ended.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link RetireParameters}
 * @returns {@link RetireSyncReturnType}
 * @throws {NotOwnerError} The account is not its owner.
 * @throws {IdentitySuspendedError} It is suspended.
 * @throws {ChangeNotReadyError} The second call came too early.
 * @throws {RecoveryPendingError} The guardian is recovering it.
 * @throws {UnknownIdentityError} It does not exist.
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * const { outcome } = await retireSync(client, { id: 7 });
 */
export const retireSync: SyncAction<RetireParameters, RetireEvent> = /*#__PURE__*/ defineSync(retire);

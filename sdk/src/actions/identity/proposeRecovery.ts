import type { Address } from "viem";
import { identityRegistryAbi } from "../../abi/identityRegistry.ts";
import { addressOf, idOf } from "../../check/arguments.ts";
import { ChangeProposed } from "../../codecs/eventDecoders.ts";
import type { TransactionRefusedError } from "../../errors/arguments.ts";
import type { WriteErrorType } from "../../errors/common.ts";
import type { AlreadyRegisteredError, NotGuardianError } from "../../errors/identity.ts";
import type { UnknownIdentityError } from "../../errors/vouch.ts";
import type { ContractCall, SyncAction, SyncReturnType, WriteAction } from "../../types/write.ts";
import { defineSync } from "../../writes/defineSync.ts";
import { defineWrite } from "../../writes/defineWrite.ts";

/** Parameters of `proposeRecovery`. */
export type ProposeRecoveryParameters = {
  /** The identity. */
  id: number;
  /** The next key; one that never was a key here. */
  candidate: Address;
};

/** What comes of `proposeRecovery`. */
export type ProposeRecoveryEvent = {
  /** The identity. */
  id: number;
  /** The next key. */
  candidate: Address;
  /** First second (unix time) at which it can claim the identity. */
  readyAt: number;
};

/** Result of `proposeRecoverySync`. */
export type ProposeRecoverySyncReturnType = SyncReturnType<ProposeRecoveryEvent>;

/** What `proposeRecovery` throws. */
export type ProposeRecoveryErrorType =
  | WriteErrorType
  | AlreadyRegisteredError
  | NotGuardianError
  | UnknownIdentityError;

/**
 * Starts to recover an identity to another key. By its guardian; replaces any change that waits.
 *
 * Simulates first, so that a refusal costs nothing and is explained, then sends and returns at once.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link ProposeRecoveryParameters}
 * @returns The hash of the transaction.
 * @throws {NotGuardianError} The account is not its guardian.
 * @throws {AlreadyRegisteredError} The candidate is, or once was, a key here.
 * @throws {UnknownIdentityError} It does not exist.
 *
 * @example
 * const hash = await proposeRecovery(guardian, { id: 7, candidate: address });
 */
export const proposeRecovery: WriteAction<
  ProposeRecoveryParameters,
  ProposeRecoveryEvent,
  ContractCall<typeof identityRegistryAbi, "proposeRecovery">
> = /*#__PURE__*/ defineWrite({
  registry: "identityRegistry",
  abi: identityRegistryAbi,
  functionName: "proposeRecovery",
  args: ({ id, candidate }: ProposeRecoveryParameters) => [idOf(id), addressOf(candidate)],
  events: {
    ChangeProposed: (args) => {
      const { id, candidate, readyAt } = ChangeProposed(args);
      // A recovery has a candidate, always.
      return { id, candidate: candidate as Address, readyAt };
    },
  },
});

/** What `proposeRecoverySync` throws. */
export type ProposeRecoverySyncErrorType =
  | WriteErrorType
  | AlreadyRegisteredError
  | NotGuardianError
  | TransactionRefusedError
  | UnknownIdentityError;

/**
 * `proposeRecovery`, and waits: when it can be claimed.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link ProposeRecoveryParameters}
 * @returns {@link ProposeRecoverySyncReturnType}
 * @throws {NotGuardianError} The account is not its guardian.
 * @throws {AlreadyRegisteredError} The candidate is, or once was, a key here.
 * @throws {UnknownIdentityError} It does not exist.
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * const { readyAt } = await proposeRecoverySync(guardian, { id: 7, candidate: address });
 */
export const proposeRecoverySync: SyncAction<ProposeRecoveryParameters, ProposeRecoveryEvent> =
  /*#__PURE__*/ defineSync(proposeRecovery);

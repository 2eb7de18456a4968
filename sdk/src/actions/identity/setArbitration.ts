import { identityRegistryAbi } from "../../abi/identityRegistry.ts";
import { booleanOf, idOf } from "../../check/arguments.ts";
import { ArbitrationSet } from "../../codecs/eventDecoders.ts";
import type { TransactionRefusedError } from "../../errors/arguments.ts";
import type { WriteErrorType } from "../../errors/common.ts";
import type { IdentitySuspendedError, NotOwnerError } from "../../errors/identity.ts";
import type { UnknownIdentityError } from "../../errors/vouch.ts";
import type { ContractCall, SyncAction, SyncReturnType, WriteAction } from "../../types/write.ts";
import { defineSync } from "../../writes/defineSync.ts";
import { defineWrite } from "../../writes/defineWrite.ts";

/** Parameters of `setArbitration`. */
export type SetArbitrationParameters = {
  /** The identity; active. */
  id: number;
  /** Whether new vouches and warnings may name it as their arbiter. */
  isOpen: boolean;
};

/** What comes of `setArbitration`. */
export type SetArbitrationEvent = {
  /** The identity. */
  id: number;
  /** Whether vouches and warnings may name it from now on. */
  isOpen: boolean;
};

/** Result of `setArbitrationSync`. */
export type SetArbitrationSyncReturnType = SyncReturnType<SetArbitrationEvent>;

/** What `setArbitration` throws. */
export type SetArbitrationErrorType = WriteErrorType | IdentitySuspendedError | NotOwnerError | UnknownIdentityError;

/**
 * Agrees to be named as arbiter of vouches and warnings, or does so no longer. Closing it changes nothing of what is locked
 * already. What it is now, `getIdentity` says: `isArbiter`.
 *
 * Simulates first, so that a refusal costs nothing and is explained, then sends and returns at once.
 *
 * @param client - Client with the account that sends: the owner.
 * @param parameters - {@link SetArbitrationParameters}
 * @returns The hash of the transaction.
 * @throws {NotOwnerError} The account is not its owner.
 * @throws {IdentitySuspendedError} It is suspended.
 * @throws {UnknownIdentityError} It does not exist.
 *
 * @example
 * const hash = await setArbitration(client, { id: 7, isOpen: true });
 */
export const setArbitration: WriteAction<
  SetArbitrationParameters,
  SetArbitrationEvent,
  ContractCall<typeof identityRegistryAbi, "setArbitration">
> = /*#__PURE__*/ defineWrite({
  registry: "identityRegistry",
  abi: identityRegistryAbi,
  functionName: "setArbitration",
  args: ({ id, isOpen }: SetArbitrationParameters) => [idOf(id), booleanOf(isOpen, "isOpen")],
  events: { ArbitrationSet },
});

/** What `setArbitrationSync` throws. */
export type SetArbitrationSyncErrorType =
  | WriteErrorType
  | IdentitySuspendedError
  | NotOwnerError
  | TransactionRefusedError
  | UnknownIdentityError;

/**
 * `setArbitration`, and waits: the change.
 *
 * @param client - Client with the account that sends: the owner.
 * @param parameters - {@link SetArbitrationParameters}
 * @returns {@link SetArbitrationSyncReturnType}
 * @throws {NotOwnerError} The account is not its owner.
 * @throws {IdentitySuspendedError} It is suspended.
 * @throws {UnknownIdentityError} It does not exist.
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * const { isOpen } = await setArbitrationSync(client, { id: 7, isOpen: true });
 */
export const setArbitrationSync: SyncAction<SetArbitrationParameters, SetArbitrationEvent> =
  /*#__PURE__*/ defineSync(setArbitration);

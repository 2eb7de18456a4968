import type { Address } from "viem";
import { identityRegistryAbi } from "../../abi/identityRegistry.ts";
import { idOf } from "../../check/arguments.ts";
import { Suspended } from "../../codecs/eventDecoders.ts";
import type { TransactionRefusedError } from "../../errors/arguments.ts";
import type { WriteErrorType } from "../../errors/common.ts";
import type { IdentitySuspendedError, NotAuthorizedError } from "../../errors/identity.ts";
import type { UnknownIdentityError } from "../../errors/vouch.ts";
import type { ContractCall, SyncAction, SyncReturnType, WriteAction } from "../../types/write.ts";
import { defineSync } from "../../writes/defineSync.ts";
import { defineWrite } from "../../writes/defineWrite.ts";

/** Parameters of `suspend`. */
export type SuspendParameters = {
  /** The identity. */
  id: number;
};

/** What comes of `suspend`. */
export type SuspendEvent = {
  /** The identity. */
  id: number;
  /** Who did it. */
  by: Address;
};

/** Result of `suspendSync`. */
export type SuspendSyncReturnType = SyncReturnType<SuspendEvent>;

/** What `suspend` throws. */
export type SuspendErrorType = WriteErrorType | IdentitySuspendedError | NotAuthorizedError | UnknownIdentityError;

/**
 * Stops an identity from acting, at once. By its owner or guardian. Until `resume`, nobody is answered as its wallet, its
 * registration file is the one made on chain, and its guardian, too, may `unsetAgentWallet` and `revoke`.
 *
 * Simulates first, so that a refusal costs nothing and is explained, then sends and returns at once.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link SuspendParameters}
 * @returns The hash of the transaction.
 * @throws {NotAuthorizedError} The account is neither its owner nor its guardian.
 * @throws {IdentitySuspendedError} It is suspended.
 * @throws {UnknownIdentityError} It does not exist.
 *
 * @example
 * const hash = await suspend(client, { id: 7 });
 */
export const suspend: WriteAction<
  SuspendParameters,
  SuspendEvent,
  ContractCall<typeof identityRegistryAbi, "suspend">
> = /*#__PURE__*/ defineWrite({
  registry: "identityRegistry",
  abi: identityRegistryAbi,
  functionName: "suspend",
  args: ({ id }: SuspendParameters) => [idOf(id)],
  events: { Suspended },
});

/** What `suspendSync` throws. */
export type SuspendSyncErrorType =
  | WriteErrorType
  | IdentitySuspendedError
  | NotAuthorizedError
  | TransactionRefusedError
  | UnknownIdentityError;

/**
 * `suspend`, and waits: the change.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link SuspendParameters}
 * @returns {@link SuspendSyncReturnType}
 * @throws {NotAuthorizedError} The account is neither its owner nor its guardian.
 * @throws {IdentitySuspendedError} It is suspended.
 * @throws {UnknownIdentityError} It does not exist.
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * const { by } = await suspendSync(client, { id: 7 });
 */
export const suspendSync: SyncAction<SuspendParameters, SuspendEvent> = /*#__PURE__*/ defineSync(suspend);

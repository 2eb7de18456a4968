import type { Hex } from "viem";
import { identityRegistryAbi } from "../../abi/identityRegistry.ts";
import { bytesOf, idOf, textOf } from "../../check/arguments.ts";
import { MetadataSet } from "../../codecs/eventDecoders.ts";
import type { TransactionRefusedError } from "../../errors/arguments.ts";
import type { WriteErrorType } from "../../errors/common.ts";
import type { IdentitySuspendedError, NotAuthorizedError, ReservedMetadataKeyError } from "../../errors/identity.ts";
import type { UnknownIdentityError } from "../../errors/vouch.ts";
import type { ContractCall, SyncAction, SyncReturnType, WriteAction } from "../../types/write.ts";
import { defineSync } from "../../writes/defineSync.ts";
import { defineWrite } from "../../writes/defineWrite.ts";

/** Parameters of `setMetadata`. */
export type SetMetadataParameters = {
  /** The identity. */
  id: number;
  /** The key; `agentWallet` is reserved. */
  key: string;
  /** The value; empty (`0x`) clears it. */
  value: Hex;
};

/** What comes of `setMetadata`. */
export type SetMetadataEvent = {
  /** The identity. */
  id: number;
  /** The key. */
  key: string;
  /** The value. */
  value: Hex;
};

/** Result of `setMetadataSync`. */
export type SetMetadataSyncReturnType = SyncReturnType<SetMetadataEvent>;

/** What `setMetadata` throws. */
export type SetMetadataErrorType =
  | WriteErrorType
  | IdentitySuspendedError
  | NotAuthorizedError
  | ReservedMetadataKeyError
  | UnknownIdentityError;

/**
 * Writes one key of on-chain metadata.
 *
 * Simulates first, so that a refusal costs nothing and is explained, then sends and returns at once.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link SetMetadataParameters}
 * @returns The hash of the transaction.
 * @throws {ReservedMetadataKeyError} The key is `agentWallet`.
 * @throws {NotAuthorizedError} The account does not speak for it.
 * @throws {IdentitySuspendedError} It is suspended.
 * @throws {UnknownIdentityError} It does not exist.
 *
 * @example
 * const hash = await setMetadata(client, { id: 7, key: "model", value: stringToHex("m-1") });
 */
export const setMetadata: WriteAction<
  SetMetadataParameters,
  SetMetadataEvent,
  ContractCall<typeof identityRegistryAbi, "setMetadata">
> = /*#__PURE__*/ defineWrite({
  registry: "identityRegistry",
  abi: identityRegistryAbi,
  functionName: "setMetadata",
  args: ({ id, key, value }: SetMetadataParameters) => [idOf(id), textOf(key, "key"), bytesOf(value, "value")],
  events: { MetadataSet },
});

/** What `setMetadataSync` throws. */
export type SetMetadataSyncErrorType =
  | WriteErrorType
  | IdentitySuspendedError
  | NotAuthorizedError
  | ReservedMetadataKeyError
  | TransactionRefusedError
  | UnknownIdentityError;

/**
 * `setMetadata`, and waits: the change.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link SetMetadataParameters}
 * @returns {@link SetMetadataSyncReturnType}
 * @throws {ReservedMetadataKeyError} The key is `agentWallet`.
 * @throws {NotAuthorizedError} The account does not speak for it.
 * @throws {IdentitySuspendedError} It is suspended.
 * @throws {UnknownIdentityError} It does not exist.
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * const { value } = await setMetadataSync(client, { id: 7, key: "model", value: stringToHex("m-1") });
 */
export const setMetadataSync: SyncAction<SetMetadataParameters, SetMetadataEvent> =
  /*#__PURE__*/ defineSync(setMetadata);

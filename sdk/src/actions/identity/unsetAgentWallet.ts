import { type Address, getAddress } from "viem";
import { identityRegistryAbi } from "../../abi/identityRegistry.ts";
import { idOf } from "../../check/arguments.ts";
import { unlessZero } from "../../codecs/answers.ts";
import { MetadataSet } from "../../codecs/eventDecoders.ts";
import type { TransactionRefusedError } from "../../errors/arguments.ts";
import type { WriteErrorType } from "../../errors/common.ts";
import type { NotAuthorizedError } from "../../errors/identity.ts";
import type { UnknownIdentityError } from "../../errors/vouch.ts";
import type { ContractCall, SyncAction, SyncReturnType, WriteAction } from "../../types/write.ts";
import { defineSync } from "../../writes/defineSync.ts";
import { defineWrite } from "../../writes/defineWrite.ts";

/** Parameters of `unsetAgentWallet`. */
export type UnsetAgentWalletParameters = {
  /** The identity. */
  id: number;
};

/** What comes of `unsetAgentWallet`. */
export type UnsetAgentWalletEvent = {
  /** The identity. */
  id: number;
  /** The address that acts for it now: its owner; undefined while it is suspended. */
  wallet: Address | undefined;
};

/** Result of `unsetAgentWalletSync`. */
export type UnsetAgentWalletSyncReturnType = SyncReturnType<UnsetAgentWalletEvent>;

/** What `unsetAgentWallet` throws. */
export type UnsetAgentWalletErrorType = WriteErrorType | NotAuthorizedError | UnknownIdentityError;

/**
 * Takes the hot wallet away: the owner serves as wallet again. By whoever speaks for the identity, by the wallet itself, and
 * by the guardian while the identity is suspended.
 *
 * Simulates first, so that a refusal costs nothing and is explained, then sends and returns at once.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link UnsetAgentWalletParameters}
 * @returns The hash of the transaction.
 * @throws {NotAuthorizedError} The account does not speak for it.
 * @throws {UnknownIdentityError} It does not exist.
 *
 * @example
 * const hash = await unsetAgentWallet(client, { id: 7 });
 */
export const unsetAgentWallet: WriteAction<
  UnsetAgentWalletParameters,
  UnsetAgentWalletEvent,
  ContractCall<typeof identityRegistryAbi, "unsetAgentWallet">
> = /*#__PURE__*/ defineWrite({
  registry: "identityRegistry",
  abi: identityRegistryAbi,
  functionName: "unsetAgentWallet",
  args: ({ id }: UnsetAgentWalletParameters) => [idOf(id)],
  events: {
    MetadataSet: (args) => {
      const { id, key, value } = MetadataSet(args);
      return key === "agentWallet" ? { id, wallet: unlessZero(getAddress(value)) } : undefined;
    },
  },
});

/** What `unsetAgentWalletSync` throws. */
export type UnsetAgentWalletSyncErrorType =
  | WriteErrorType
  | NotAuthorizedError
  | TransactionRefusedError
  | UnknownIdentityError;

/**
 * `unsetAgentWallet`, and waits: the change.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link UnsetAgentWalletParameters}
 * @returns {@link UnsetAgentWalletSyncReturnType}
 * @throws {NotAuthorizedError} The account does not speak for it.
 * @throws {UnknownIdentityError} It does not exist.
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * const { wallet } = await unsetAgentWalletSync(client, { id: 7 });
 */
export const unsetAgentWalletSync: SyncAction<UnsetAgentWalletParameters, UnsetAgentWalletEvent> =
  /*#__PURE__*/ defineSync(unsetAgentWallet);

import type { Address, Hex } from "viem";
import { delegationRegistryAbi } from "../../abi/delegationRegistry.ts";
import { bytes32Of } from "../../check/arguments.ts";
import { GrantRevoked } from "../../codecs/eventDecoders.ts";
import type { DeploymentNotFoundError, TransactionRefusedError } from "../../errors/arguments.ts";
import type { WriteErrorType } from "../../errors/common.ts";
import type { ContractCall, SyncAction, SyncReturnType, WriteAction } from "../../types/write.ts";
import { defineSync } from "../../writes/defineSync.ts";
import { defineWrite } from "../../writes/defineWrite.ts";

/** Parameters of `revokeDelegation`. */
export type RevokeDelegationParameters = {
  /**
   * The grant: its `id` where the account issued it, `keccak256(parentGrantHash || id)` where a key below it did that has no
   * account.
   */
  handle: Hex;
};

/** What comes of `revokeDelegation`. */
export type RevokeDelegationEvent = {
  /** Whose grant it was. */
  issuer: Address;
  /** The grant. */
  handle: Hex;
};

/** Result of `revokeDelegationSync`. */
export type RevokeDelegationSyncReturnType = SyncReturnType<RevokeDelegationEvent>;

/** What `revokeDelegation` throws. */
export type RevokeDelegationErrorType = WriteErrorType | DeploymentNotFoundError;

/**
 * Revokes a grant of the account, and with it every grant below, for ever. Revoking it again changes nothing, and is logged.
 * Whoever verifies requests may go by an answer of the last 60 seconds.
 *
 * Simulates first, so that a refusal costs nothing and is explained, then sends and returns at once.
 *
 * @param client - Client with the account that sends: the issuer.
 * @param parameters - {@link RevokeDelegationParameters}
 * @returns The hash of the transaction.
 * @throws {DeploymentNotFoundError} No `DelegationRegistry` is known on this chain.
 *
 * @example
 * const hash = await revokeDelegation(client, { handle });
 */
export const revokeDelegation: WriteAction<
  RevokeDelegationParameters,
  RevokeDelegationEvent,
  ContractCall<typeof delegationRegistryAbi, "revoke">
> = /*#__PURE__*/ defineWrite({
  registry: "delegationRegistry",
  abi: delegationRegistryAbi,
  functionName: "revoke",
  args: ({ handle }: RevokeDelegationParameters) => [bytes32Of(handle, "handle")],
  events: { Revoked: GrantRevoked },
});

/** What `revokeDelegationSync` throws. */
export type RevokeDelegationSyncErrorType = WriteErrorType | DeploymentNotFoundError | TransactionRefusedError;

/**
 * `revokeDelegation`, and waits: whose grant was revoked, and which.
 *
 * @param client - Client with the account that sends: the issuer.
 * @param parameters - {@link RevokeDelegationParameters}
 * @returns {@link RevokeDelegationSyncReturnType}
 * @throws {DeploymentNotFoundError} No `DelegationRegistry` is known on this chain.
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * const { issuer } = await revokeDelegationSync(client, { handle });
 */
export const revokeDelegationSync: SyncAction<RevokeDelegationParameters, RevokeDelegationEvent> =
  /*#__PURE__*/ defineSync(revokeDelegation);

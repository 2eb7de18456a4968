import type { Address } from "viem";
import { delegationRegistryAbi } from "../../abi/delegationRegistry.ts";
import { EpochAdvanced } from "../../codecs/eventDecoders.ts";
import type { DeploymentNotFoundError, TransactionRefusedError } from "../../errors/arguments.ts";
import type { WriteErrorType } from "../../errors/common.ts";
import type { EpochsExhaustedError } from "../../errors/delegation.ts";
import type { ContractCall, SyncAction, SyncReturnType, WriteAction } from "../../types/write.ts";
import { defineSync } from "../../writes/defineSync.ts";
import { defineWrite } from "../../writes/defineWrite.ts";

/** Parameters of `advanceDelegationEpoch`: none of its own. */
export type AdvanceDelegationEpochParameters = object;

/** What comes of `advanceDelegationEpoch`. */
export type AdvanceDelegationEpochEvent = {
  /** Whose grants they are. */
  issuer: Address;
  /** The epoch that they have to say from now on. */
  epoch: bigint;
};

/** Result of `advanceDelegationEpochSync`. */
export type AdvanceDelegationEpochSyncReturnType = SyncReturnType<AdvanceDelegationEpochEvent>;

/** What `advanceDelegationEpoch` throws. */
export type AdvanceDelegationEpochErrorType = WriteErrorType | DeploymentNotFoundError | EpochsExhaustedError;

/**
 * Makes every grant void that the account has issued on this chain, and every grant below them: new ones say the epoch that
 * begins. There is no way back, and what is revoked stays revoked. Whoever verifies requests may go by an answer of the last
 * 60 seconds.
 *
 * Simulates first, so that a refusal costs nothing and is explained, then sends and returns at once.
 *
 * @param client - Client with the account that sends: the issuer.
 * @param parameters - {@link AdvanceDelegationEpochParameters}
 * @returns The hash of the transaction.
 * @throws {DeploymentNotFoundError} No `DelegationRegistry` is known on this chain.
 * @throws {EpochsExhaustedError} The account has used up its epochs.
 *
 * @example
 * const hash = await advanceDelegationEpoch(client, {});
 */
export const advanceDelegationEpoch: WriteAction<
  AdvanceDelegationEpochParameters,
  AdvanceDelegationEpochEvent,
  ContractCall<typeof delegationRegistryAbi, "advanceEpoch">
> = /*#__PURE__*/ defineWrite({
  registry: "delegationRegistry",
  abi: delegationRegistryAbi,
  functionName: "advanceEpoch",
  args: (_: AdvanceDelegationEpochParameters) => [],
  events: { EpochAdvanced },
});

/** What `advanceDelegationEpochSync` throws. */
export type AdvanceDelegationEpochSyncErrorType =
  | WriteErrorType
  | DeploymentNotFoundError
  | EpochsExhaustedError
  | TransactionRefusedError;

/**
 * `advanceDelegationEpoch`, and waits: the epoch that begins.
 *
 * @param client - Client with the account that sends: the issuer.
 * @param parameters - {@link AdvanceDelegationEpochParameters}
 * @returns {@link AdvanceDelegationEpochSyncReturnType}
 * @throws {DeploymentNotFoundError} No `DelegationRegistry` is known on this chain.
 * @throws {EpochsExhaustedError} The account has used up its epochs.
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * const { epoch } = await advanceDelegationEpochSync(client, {});
 */
export const advanceDelegationEpochSync: SyncAction<AdvanceDelegationEpochParameters, AdvanceDelegationEpochEvent> =
  /*#__PURE__*/ defineSync(advanceDelegationEpoch);

import { type Hex, zeroHash } from "viem";
import { identityRegistryAbi } from "../../abi/identityRegistry.ts";
import { bytes32Of, idOf } from "../../check/arguments.ts";
import { Pulse } from "../../codecs/eventDecoders.ts";
import type { TransactionRefusedError } from "../../errors/arguments.ts";
import type { WriteErrorType } from "../../errors/common.ts";
import type { IdentitySuspendedError, NotAuthorizedError } from "../../errors/identity.ts";
import type { UnknownIdentityError } from "../../errors/vouch.ts";
import type { ContractCall, SyncAction, SyncReturnType, WriteAction } from "../../types/write.ts";
import { defineSync } from "../../writes/defineSync.ts";
import { defineWrite } from "../../writes/defineWrite.ts";

/** Parameters of `pulse`. */
export type PulseParameters = {
  /** The identity. */
  id: number;
  /** Merkle root of the agent's behaviour log. */
  checkpoint?: Hex | undefined;
};

/** What comes of `pulse`. */
export type PulseEvent = {
  /** The identity. */
  id: number;
  /** The checkpoint, or zero. */
  checkpoint: Hex;
};

/** Result of `pulseSync`. */
export type PulseSyncReturnType = SyncReturnType<PulseEvent>;

/**
 * What a check-in takes more than a node estimates with the time of a block in which the identity was seen: then nothing
 * changes in storage, and a second later something does.
 */
export const CHECK_IN_GAS = 3_000n;

/** What `pulse` throws. */
export type PulseErrorType = WriteErrorType | IdentitySuspendedError | NotAuthorizedError | UnknownIdentityError;

/**
 * Checks in: credits the time since the last check-in, as far as it counts. Nothing else earns tenure. What it would earn,
 * `.simulate` says: the new tenure is its result.
 *
 * Simulates first, so that a refusal costs nothing and is explained, then sends and returns at once.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link PulseParameters}
 * @returns The hash of the transaction.
 * @throws {NotAuthorizedError} The account does not act for it.
 * @throws {IdentitySuspendedError} It is suspended.
 * @throws {UnknownIdentityError} It does not exist.
 *
 * @example
 * const { result: tenure } = await pulse.simulate(client, { id: 7 });
 * const hash = await pulse(client, { id: 7 });
 */
export const pulse: WriteAction<
  PulseParameters,
  PulseEvent,
  ContractCall<typeof identityRegistryAbi, "pulse">
> = /*#__PURE__*/ defineWrite({
  registry: "identityRegistry",
  abi: identityRegistryAbi,
  functionName: "pulse",
  args: ({ id, checkpoint = zeroHash }: PulseParameters) => [idOf(id), bytes32Of(checkpoint, "checkpoint")],
  spareGas: CHECK_IN_GAS,
  events: { Pulse },
});

/** What `pulseSync` throws. */
export type PulseSyncErrorType =
  | WriteErrorType
  | IdentitySuspendedError
  | NotAuthorizedError
  | TransactionRefusedError
  | UnknownIdentityError;

/**
 * `pulse`, and waits: the check-in.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link PulseParameters}
 * @returns {@link PulseSyncReturnType}
 * @throws {NotAuthorizedError} The account does not act for it.
 * @throws {IdentitySuspendedError} It is suspended.
 * @throws {UnknownIdentityError} It does not exist.
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * const { receipt } = await pulseSync(client, { id: 7 });
 */
export const pulseSync: SyncAction<PulseParameters, PulseEvent> = /*#__PURE__*/ defineSync(pulse);

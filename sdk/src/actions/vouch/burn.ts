import { vouchRegistryAbi } from "../../abi/vouchRegistry.ts";
import { idOf, pointsOf, textOf } from "../../check/arguments.ts";
import { Burned } from "../../codecs/eventDecoders.ts";
import type { TransactionRefusedError } from "../../errors/arguments.ts";
import type { WriteErrorType } from "../../errors/common.ts";
import type { NotOwnerError } from "../../errors/identity.ts";
import type { InvalidBurnError, NoArbiterError, VouchNotFoundError, VouchReleasedError } from "../../errors/vouch.ts";
import type { Edge } from "../../types/vouch.ts";
import type { ContractCall, SyncAction, SyncReturnType, WriteAction } from "../../types/write.ts";
import { defineSync } from "../../writes/defineSync.ts";
import { defineWrite } from "../../writes/defineWrite.ts";

/** Parameters of `burn`. */
export type BurnParameters = {
  /** Who staked. */
  voucherId: number;
  /** For or against whom. */
  subjectId: number;
  /** Points; 1 to what is staked. */
  amount: number;
  /** URI of the evidence. */
  evidence?: string | undefined;
};

/** What comes of `burn`. */
export type BurnEvent = {
  /** Who staked. */
  voucherId: number;
  /** For or against whom. */
  subjectId: number;
  /** The edge, as it is now. */
  edge: Edge;
  /** Points burned. */
  amount: number;
  /** URI of the evidence, or empty. */
  evidence: string;
};

/** Result of `burnSync`. */
export type BurnSyncReturnType = SyncReturnType<BurnEvent>;

/** What `burn` throws. */
export type BurnErrorType =
  | WriteErrorType
  | InvalidBurnError
  | NoArbiterError
  | NotOwnerError
  | VouchNotFoundError
  | VouchReleasedError;

/**
 * Burns staked points, for ever; nobody is paid. By the owner of the arbiter that the voucher chose.
 *
 * Simulates first, so that a refusal costs nothing and is explained, then sends and returns at once.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link BurnParameters}
 * @returns The hash of the transaction.
 * @throws {NotOwnerError} The account does not own the arbiter.
 * @throws {NoArbiterError} The voucher chose none.
 * @throws {InvalidBurnError} More than is staked.
 * @throws {VouchNotFoundError} The pair has none.
 * @throws {VouchReleasedError} The stake is no longer locked.
 *
 * @example
 * const hash = await burn(arbiter, { voucherId: 7, subjectId: 9, amount: 10 });
 */
export const burn: WriteAction<
  BurnParameters,
  BurnEvent,
  ContractCall<typeof vouchRegistryAbi, "burn">
> = /*#__PURE__*/ defineWrite({
  registry: "vouchRegistry",
  abi: vouchRegistryAbi,
  functionName: "burn",
  args: ({ voucherId, subjectId, amount, evidence = "" }: BurnParameters) => [
    idOf(voucherId, "voucherId"),
    idOf(subjectId, "subjectId"),
    pointsOf(amount, "amount"),
    textOf(evidence, "evidence"),
  ],
  events: { Burned },
});

/** What `burnSync` throws. */
export type BurnSyncErrorType =
  | WriteErrorType
  | InvalidBurnError
  | NoArbiterError
  | NotOwnerError
  | TransactionRefusedError
  | VouchNotFoundError
  | VouchReleasedError;

/**
 * `burn`, and waits: the edge and what was burned.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link BurnParameters}
 * @returns {@link BurnSyncReturnType}
 * @throws {NotOwnerError} The account does not own the arbiter.
 * @throws {NoArbiterError} The voucher chose none.
 * @throws {InvalidBurnError} More than is staked.
 * @throws {VouchNotFoundError} The pair has none.
 * @throws {VouchReleasedError} The stake is no longer locked.
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * const { edge, amount } = await burnSync(arbiter, { voucherId: 7, subjectId: 9, amount: 10 });
 */
export const burnSync: SyncAction<BurnParameters, BurnEvent> = /*#__PURE__*/ defineSync(burn);

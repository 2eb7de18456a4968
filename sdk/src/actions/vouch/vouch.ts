import type { Hex } from "viem";
import { vouchRegistryAbi } from "../../abi/vouchRegistry.ts";
import { offerArgs } from "../../check/offer.ts";
import { Vouched } from "../../codecs/eventDecoders.ts";
import type { TransactionRefusedError } from "../../errors/arguments.ts";
import type { WriteErrorType } from "../../errors/common.ts";
import type { NotOwnerError } from "../../errors/identity.ts";
import type {
  ArbiterChangesError,
  InsufficientStandingError,
  NotActiveError,
  NotArbiterError,
  ReleaseShortensError,
  StakeShrinksError,
  UnknownIdentityError,
  VouchExistsError,
  VouchRefusedError,
} from "../../errors/vouch.ts";
import type { Offer } from "../../types/offer.ts";
import type { Edge } from "../../types/vouch.ts";
import type { ContractCall, SyncAction, SyncReturnType, WriteAction } from "../../types/write.ts";
import { defineSync } from "../../writes/defineSync.ts";
import { defineWrite } from "../../writes/defineWrite.ts";

/** Parameters of `vouch`. */
export type VouchParameters = Offer;

/** What comes of `vouch`. */
export type VouchEvent = {
  /** Who staked. */
  voucherId: number;
  /** For or against whom. */
  subjectId: number;
  /** The edge, as it is now. */
  edge: Edge;
  /** What it is about, or zero. */
  topic: Hex;
  /** URI of the evidence, or empty. */
  evidence: string;
};

/** Result of `vouchSync`. */
export type VouchSyncReturnType = SyncReturnType<VouchEvent>;

/** What `vouch` throws. */
export type VouchErrorType =
  | WriteErrorType
  | ArbiterChangesError
  | InsufficientStandingError
  | NotActiveError
  | NotArbiterError
  | NotOwnerError
  | ReleaseShortensError
  | StakeShrinksError
  | UnknownIdentityError
  | VouchExistsError
  | VouchRefusedError;

/**
 * Stakes for another identity, until a period ends.
 *
 * Where the pair has a vouch or warning that is still locked, it is made anew: over a warning of any state, and over a vouch
 * that was revoked or has ended. Nothing of its liability may shrink: the arbiter stays (where there was none, one may be
 * named now), the stake and its release do too or grow. Only what is added comes out of the free points. Where everything
 * was burned nothing is liable: the terms are free, and the arbiter, the same one too, has to agree again. Over a live vouch,
 * `renew`; while something that the subject disowned is locked, it cannot be vouched for.
 *
 * Simulates first, so that a refusal costs nothing and is explained, then sends and returns at once.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link VouchParameters}
 * @returns The hash of the transaction.
 * @throws {NotOwnerError} The account does not own the voucher.
 * @throws {InsufficientStandingError} The voucher has not that many points free.
 * @throws {VouchExistsError} The pair has a live vouch: renew it.
 * @throws {VouchRefusedError} The subject disowned what is still locked.
 * @throws {ArbiterChangesError} What is locked has another arbiter.
 * @throws {StakeShrinksError} More is locked than that.
 * @throws {ReleaseShortensError} What is locked is locked for longer.
 * @throws {NotArbiterError} The arbiter did not agree to be one, or does no longer, and nothing is locked under it.
 * @throws {NotActiveError} One of them is suspended or retired; the arbiter may be where points are locked under it.
 * @throws {UnknownIdentityError} One of them does not exist.
 *
 * @example
 * const hash = await vouch(client, { voucherId: 7, subjectId: 9, stake: 30, periods: 2, arbiterId: 1 });
 */
export const vouch: WriteAction<
  VouchParameters,
  VouchEvent,
  ContractCall<typeof vouchRegistryAbi, "vouch">
> = /*#__PURE__*/ defineWrite({
  registry: "vouchRegistry",
  abi: vouchRegistryAbi,
  functionName: "vouch",
  args: (offer: VouchParameters) => offerArgs(offer),
  events: { Vouched },
});

/** What `vouchSync` throws. */
export type VouchSyncErrorType =
  | WriteErrorType
  | ArbiterChangesError
  | InsufficientStandingError
  | NotActiveError
  | NotArbiterError
  | NotOwnerError
  | ReleaseShortensError
  | StakeShrinksError
  | TransactionRefusedError
  | UnknownIdentityError
  | VouchExistsError
  | VouchRefusedError;

/**
 * `vouch`, and waits: the new edge.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link VouchParameters}
 * @returns {@link VouchSyncReturnType}
 * @throws {NotOwnerError} The account does not own the voucher.
 * @throws {InsufficientStandingError} The voucher has not that many points free.
 * @throws {VouchExistsError} The pair has a live vouch: renew it.
 * @throws {VouchRefusedError} The subject disowned what is still locked.
 * @throws {ArbiterChangesError} What is locked has another arbiter.
 * @throws {StakeShrinksError} More is locked than that.
 * @throws {ReleaseShortensError} What is locked is locked for longer.
 * @throws {NotArbiterError} The arbiter did not agree to be one, or does no longer, and nothing is locked under it.
 * @throws {NotActiveError} One of them is suspended or retired; the arbiter may be where points are locked under it.
 * @throws {UnknownIdentityError} One of them does not exist.
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * const { edge } = await vouchSync(client, { voucherId: 7, subjectId: 9, stake: 30, periods: 2, arbiterId: 1 });
 */
export const vouchSync: SyncAction<VouchParameters, VouchEvent> = /*#__PURE__*/ defineSync(vouch);

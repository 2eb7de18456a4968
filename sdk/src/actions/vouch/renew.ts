import { vouchRegistryAbi } from "../../abi/vouchRegistry.ts";
import { idOf, periodsOf, pointsOf } from "../../check/arguments.ts";
import { Renewed } from "../../codecs/eventDecoders.ts";
import type { TransactionRefusedError } from "../../errors/arguments.ts";
import type { WriteErrorType } from "../../errors/common.ts";
import type { NotOwnerError } from "../../errors/identity.ts";
import type {
  InsufficientStandingError,
  NotActiveError,
  NotArbiterError,
  NothingToRenewError,
  RenewalShortensError,
  UnknownIdentityError,
  VouchNotFoundError,
  VouchNotLiveError,
  VouchReleasedError,
} from "../../errors/vouch.ts";
import type { Edge } from "../../types/vouch.ts";
import type { ContractCall, SyncAction, SyncReturnType, WriteAction } from "../../types/write.ts";
import { defineSync } from "../../writes/defineSync.ts";
import { defineWrite } from "../../writes/defineWrite.ts";

/** Parameters of `renew`. */
export type RenewParameters = {
  /** Who staked. */
  voucherId: number;
  /** For or against whom. */
  subjectId: number;
  /** Points more. */
  addedStake?: number | undefined;
  /** How many periods ahead it ends now: 1 to 6, not earlier than it does already. */
  periods: number;
};

/** What comes of `renew`. */
export type RenewEvent = {
  /** Who staked. */
  voucherId: number;
  /** For or against whom. */
  subjectId: number;
  /** The edge, as it is now. */
  edge: Edge;
};

/** Result of `renewSync`. */
export type RenewSyncReturnType = SyncReturnType<RenewEvent>;

/** What `renew` throws. */
export type RenewErrorType =
  | WriteErrorType
  | InsufficientStandingError
  | NotActiveError
  | NotArbiterError
  | NotOwnerError
  | NothingToRenewError
  | RenewalShortensError
  | UnknownIdentityError
  | VouchNotFoundError
  | VouchNotLiveError
  | VouchReleasedError;

/**
 * Extends or raises a vouch or warning, or affirms a vouch after the subject's key changed. Points that are added move its
 * `since` towards now, by their share of the stake, which voids what the voucher signed for the pair before.
 *
 * The arbiter stays and need not be active, unless it burned everything: it then has to agree again. Otherwise `revoke`, then
 * stake anew under another one, or none.
 *
 * Simulates first, so that a refusal costs nothing and is explained, then sends and returns at once.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link RenewParameters}
 * @returns The hash of the transaction.
 * @throws {NotOwnerError} The account is not its owner.
 * @throws {VouchNotFoundError} The pair has none.
 * @throws {VouchNotLiveError} It counts no more.
 * @throws {VouchReleasedError} Its tail has passed; make a new one.
 * @throws {RenewalShortensError} It would end earlier.
 * @throws {NothingToRenewError} It would change nothing.
 * @throws {InsufficientStandingError} The voucher has not that many points free.
 * @throws {NotArbiterError} The arbiter burned everything, and does not agree to be one any more.
 * @throws {NotActiveError} Voucher or subject is suspended or retired (the subject of a warning: retired), or the arbiter that
 * burned everything is.
 * @throws {UnknownIdentityError} One of them does not exist.
 *
 * @example
 * const hash = await renew(client, { voucherId: 7, subjectId: 9, periods: 4 });
 */
export const renew: WriteAction<
  RenewParameters,
  RenewEvent,
  ContractCall<typeof vouchRegistryAbi, "renew">
> = /*#__PURE__*/ defineWrite({
  registry: "vouchRegistry",
  abi: vouchRegistryAbi,
  functionName: "renew",
  args: ({ voucherId, subjectId, addedStake = 0, periods }: RenewParameters) => [
    idOf(voucherId, "voucherId"),
    idOf(subjectId, "subjectId"),
    pointsOf(addedStake, "addedStake", 0),
    periodsOf(periods),
  ],
  events: { Renewed },
});

/** What `renewSync` throws. */
export type RenewSyncErrorType =
  | WriteErrorType
  | InsufficientStandingError
  | NotActiveError
  | NotArbiterError
  | NotOwnerError
  | NothingToRenewError
  | RenewalShortensError
  | TransactionRefusedError
  | UnknownIdentityError
  | VouchNotFoundError
  | VouchNotLiveError
  | VouchReleasedError;

/**
 * `renew`, and waits: the edge.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link RenewParameters}
 * @returns {@link RenewSyncReturnType}
 * @throws {NotOwnerError} The account is not its owner.
 * @throws {VouchNotFoundError} The pair has none.
 * @throws {VouchNotLiveError} It counts no more.
 * @throws {VouchReleasedError} Its tail has passed; make a new one.
 * @throws {RenewalShortensError} It would end earlier.
 * @throws {NothingToRenewError} It would change nothing.
 * @throws {InsufficientStandingError} The voucher has not that many points free.
 * @throws {NotArbiterError} The arbiter burned everything, and does not agree to be one any more.
 * @throws {NotActiveError} Voucher or subject is suspended or retired (the subject of a warning: retired), or the arbiter that
 * burned everything is.
 * @throws {UnknownIdentityError} One of them does not exist.
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * const { edge } = await renewSync(client, { voucherId: 7, subjectId: 9, periods: 4 });
 */
export const renewSync: SyncAction<RenewParameters, RenewEvent> = /*#__PURE__*/ defineSync(renew);

import type { Address } from "viem";
import { type PeriodClock, periodEnd } from "../codecs/period.ts";
import { countIs, formatCount, formatTime } from "../codecs/words.ts";
import type { Status } from "../types/identity.ts";
import type { VouchState } from "../types/vouch.ts";
import { show } from "./arguments.ts";
import { ContractError, type ErrorOptions } from "./base.ts";

/** A period's number, and when it ends, where somebody told how this registry counts. */
function dated(period: number, clock: PeriodClock | undefined): string {
  return clock === undefined
    ? `${period}`
    : `${period} (${formatTime(periodEnd(period, clock), { precision: "minute" })})`;
}

/** No identity has this number. */
export class UnknownIdentityError extends ContractError<{ id: number }> {
  declare readonly name: "UnknownIdentityError";

  constructor(args: { id: number }, options?: ErrorOptions) {
    const { id } = args;
    super(
      "UnknownIdentityError",
      args,
      `Identity ${id} does not exist.`,
      "Numbers are given in order from 1, when an agent registers.",
      options,
    );
  }
}

/** The identity is suspended or retired. */
export class NotActiveError extends ContractError<{ id: number; status: Status }> {
  declare readonly name: "NotActiveError";

  constructor(args: { id: number; status: Status }, options?: ErrorOptions) {
    const { id, status } = args;
    super("NotActiveError", args, `Identity ${id} is ${status}.`, undefined, options);
  }
}

/** Nobody stakes for or against itself. */
export class SelfVouchError extends ContractError<{ id: number }> {
  declare readonly name: "SelfVouchError";

  constructor(args: { id: number }, options?: ErrorOptions) {
    const { id } = args;
    super("SelfVouchError", args, `Identity ${id} cannot stake for or against itself.`, undefined, options);
  }
}

/** A stake is at least one point. */
export class ZeroStakeError extends ContractError<{ voucherId: number; subjectId: number }> {
  declare readonly name: "ZeroStakeError";

  constructor(args: { voucherId: number; subjectId: number }, options?: ErrorOptions) {
    const { voucherId, subjectId } = args;
    super(
      "ZeroStakeError",
      args,
      `Identity ${voucherId} has to stake at least 1 point on ${subjectId}.`,
      undefined,
      options,
    );
  }
}

/** The voucher has not that many points free. */
export class InsufficientStandingError extends ContractError<InsufficientStandingArgs> {
  declare readonly name: "InsufficientStandingError";

  constructor(args: InsufficientStandingArgs, options?: ErrorOptions) {
    const { id, free, needed, earnable } = args;
    super(
      "InsufficientStandingError",
      args,
      `Identity ${id} has ${formatCount(free, "point")} free, ${needed} needed; a check-in now would earn ${earnable || "none"}.`,
      "Standing grows with check-ins alone; points come back when a vouch has ended and its tail has passed.",
      options,
    );
  }
}

type InsufficientStandingArgs = {
  id: number;
  free: number;
  needed: number;
  /** Points that a check-in now would earn, and free. */
  earnable: number;
};

/** A vouch ends one to six periods ahead. */
export class InvalidPeriodsError extends ContractError<{ periods: number; most: number }> {
  declare readonly name: "InvalidPeriodsError";

  constructor(args: { periods: number; most: number }, options?: ErrorOptions) {
    const { periods, most } = args;
    super(
      "InvalidPeriodsError",
      args,
      `A vouch ends 1 to ${most} periods ahead, not ${show(periods)}.`,
      undefined,
      options,
    );
  }
}

/** Voucher and subject cannot judge themselves. */
export class InvalidArbiterError extends ContractError<{ arbiterId: number }> {
  declare readonly name: "InvalidArbiterError";

  constructor(args: { arbiterId: number }, options?: ErrorOptions) {
    const { arbiterId } = args;
    super(
      "InvalidArbiterError",
      args,
      `Identity ${arbiterId} cannot be the arbiter of its own vouch.`,
      "Choose a third identity, or none.",
      options,
    );
  }
}

/** The identity did not agree to be named as arbiter. */
export class NotArbiterError extends ContractError<{ arbiterId: number }> {
  declare readonly name: "NotArbiterError";

  constructor(args: { arbiterId: number }, options?: ErrorOptions) {
    const { arbiterId } = args;
    super(
      "NotArbiterError",
      args,
      `Identity ${arbiterId} did not agree to be an arbiter.`,
      "It does so with `setArbitration`; or choose another one, or none. A renewal keeps its arbiter: `revoke` what was " +
        "burned, then stake anew.",
      options,
    );
  }
}

/** The pair has a live vouch or warning of this stance already. */
export class VouchExistsError extends ContractError<{ voucherId: number; subjectId: number; releasePeriod: number }> {
  declare readonly name: "VouchExistsError";

  constructor(args: { voucherId: number; subjectId: number; releasePeriod: number }, options?: ErrorOptions) {
    const { voucherId, subjectId, releasePeriod } = args;
    super(
      "VouchExistsError",
      args,
      // How many points of it are left is not said here: all may be burned.
      `Identity ${voucherId} has staked on ${subjectId} like this already, to the end of period ${dated(releasePeriod - 1, options?.clock)}.`,
      "Change it with `renew`, or `revoke` it first.",
      options,
    );
  }
}

/** The subject disowned a vouch of this voucher, whose tail has not passed. */
export class VouchRefusedError extends ContractError<{ voucherId: number; subjectId: number; releasePeriod: number }> {
  declare readonly name: "VouchRefusedError";

  constructor(args: { voucherId: number; subjectId: number; releasePeriod: number }, options?: ErrorOptions) {
    const { voucherId, subjectId, releasePeriod } = args;
    super(
      "VouchRefusedError",
      args,
      `Identity ${subjectId} disowned a vouch by ${voucherId}, and takes none from it to the end of period ${dated(releasePeriod, options?.clock)}.`,
      "Wait until then.",
      options,
    );
  }
}

/** Making a locked vouch or warning anew cannot take it from its arbiter. */
export class ArbiterChangesError extends ContractError<{ arbiterId: number; newArbiterId: number | undefined }> {
  declare readonly name: "ArbiterChangesError";

  constructor(args: { arbiterId: number; newArbiterId: number | undefined }, options?: ErrorOptions) {
    const { arbiterId, newArbiterId } = args;
    super(
      "ArbiterChangesError",
      args,
      `What is locked has identity ${arbiterId} as its arbiter, and not ${newArbiterId ?? "none"}.`,
      "Name the same arbiter, or wait until it is released.",
      options,
    );
  }
}

/** Making a locked vouch or warning anew cannot lower its stake. */
export class StakeShrinksError extends ContractError<{ stake: number; newStake: number }> {
  declare readonly name: "StakeShrinksError";

  constructor(args: { stake: number; newStake: number }, options?: ErrorOptions) {
    const { stake, newStake } = args;
    super(
      "StakeShrinksError",
      args,
      `${countIs(stake, "point")} locked; they cannot become ${newStake}.`,
      "Stake at least as much; only what is added comes out of the free points.",
      options,
    );
  }
}

/** Making a locked vouch or warning anew cannot release its stake earlier. */
export class ReleaseShortensError extends ContractError<{ releasePeriod: number; newReleasePeriod: number }> {
  declare readonly name: "ReleaseShortensError";

  constructor(args: { releasePeriod: number; newReleasePeriod: number }, options?: ErrorOptions) {
    const { releasePeriod, newReleasePeriod } = args;
    const missing = Math.max(1, releasePeriod - newReleasePeriod);
    super(
      "ReleaseShortensError",
      args,
      `The stake is locked to the end of period ${dated(releasePeriod, options?.clock)}; that cannot be brought forward to ${dated(newReleasePeriod, options?.clock)}.`,
      `Choose at least ${formatCount(missing, "period")} more, or wait until then.`,
      options,
    );
  }
}

/** A signed warning has to name an address that owns the subject, or once did. */
export class NotSubjectKeyError extends ContractError<{ subjectId: number; key: Address }> {
  declare readonly name: "NotSubjectKeyError";

  constructor(args: { subjectId: number; key: Address }, options?: ErrorOptions) {
    const { subjectId, key } = args;
    super(
      "NotSubjectKeyError",
      args,
      `${key} never owned identity ${subjectId}.`,
      "The warning was signed about somebody else; sign again.",
      options,
    );
  }
}

/** The pair has no vouch. */
export class VouchNotFoundError extends ContractError<{ voucherId: number; subjectId: number }> {
  declare readonly name: "VouchNotFoundError";

  constructor(args: { voucherId: number; subjectId: number }, options?: ErrorOptions) {
    const { voucherId, subjectId } = args;
    super("VouchNotFoundError", args, `Identity ${voucherId} never staked on ${subjectId}.`, undefined, options);
  }
}

/** The vouch was ended, or has ended. */
export class VouchNotLiveError extends ContractError<{ voucherId: number; subjectId: number; state: VouchState }> {
  declare readonly name: "VouchNotLiveError";

  constructor(args: { voucherId: number; subjectId: number; state: VouchState }, options?: ErrorOptions) {
    const { voucherId, subjectId, state } = args;
    super(
      "VouchNotLiveError",
      args,
      `The stake of identity ${voucherId} on ${subjectId} counts no more: it is ${state}.`,
      undefined,
      options,
    );
  }
}

/** The vouch or warning and its tail have passed. */
export class VouchReleasedError extends ContractError<{ voucherId: number; subjectId: number; releasePeriod: number }> {
  declare readonly name: "VouchReleasedError";

  constructor(args: { voucherId: number; subjectId: number; releasePeriod: number }, options?: ErrorOptions) {
    const { voucherId, subjectId, releasePeriod } = args;
    super(
      "VouchReleasedError",
      args,
      `What identity ${voucherId} staked on ${subjectId} was over, its tail included, with period ${dated(releasePeriod, options?.clock)}.`,
      undefined,
      options,
    );
  }
}

/** A renewal never shortens. */
export class RenewalShortensError extends ContractError<{ endPeriod: number; newEndPeriod: number }> {
  declare readonly name: "RenewalShortensError";

  constructor(args: { endPeriod: number; newEndPeriod: number }, options?: ErrorOptions) {
    const { endPeriod, newEndPeriod } = args;
    const missing = Math.max(1, endPeriod - newEndPeriod);
    super(
      "RenewalShortensError",
      args,
      `The vouch ends with period ${dated(endPeriod, options?.clock)}; a renewal cannot bring that forward to ${dated(newEndPeriod, options?.clock)}.`,
      `Renew for at least ${formatCount(missing, "period")} more.`,
      options,
    );
  }
}

/** The renewal would change nothing. */
export class NothingToRenewError extends ContractError<{ voucherId: number; subjectId: number }> {
  declare readonly name: "NothingToRenewError";

  constructor(args: { voucherId: number; subjectId: number }, options?: ErrorOptions) {
    const { voucherId, subjectId } = args;
    super(
      "NothingToRenewError",
      args,
      `Renewing the stake of identity ${voucherId} on ${subjectId} like this changes nothing.`,
      "Add stake or periods.",
      options,
    );
  }
}

/** A subject cannot refuse a warning. */
export class WarningNotDisownableError extends ContractError<{ voucherId: number; subjectId: number }> {
  declare readonly name: "WarningNotDisownableError";

  constructor(args: { voucherId: number; subjectId: number }, options?: ErrorOptions) {
    const { voucherId, subjectId } = args;
    super(
      "WarningNotDisownableError",
      args,
      `Identity ${subjectId} cannot disown the warning by ${voucherId}.`,
      undefined,
      options,
    );
  }
}

/** The voucher chose no arbiter. */
export class NoArbiterError extends ContractError<{ voucherId: number; subjectId: number }> {
  declare readonly name: "NoArbiterError";

  constructor(args: { voucherId: number; subjectId: number }, options?: ErrorOptions) {
    const { voucherId, subjectId } = args;
    super(
      "NoArbiterError",
      args,
      `The stake of identity ${voucherId} on ${subjectId} has no arbiter, so nobody may burn it.`,
      undefined,
      options,
    );
  }
}

/** A burn takes at least one point and at most what is staked. */
export class InvalidBurnError extends ContractError<{ amount: number; stake: number }> {
  declare readonly name: "InvalidBurnError";

  constructor(args: { amount: number; stake: number }, options?: ErrorOptions) {
    const { amount, stake } = args;
    super(
      "InvalidBurnError",
      args,
      `${amount} cannot be burned: ${countIs(stake, "point")} staked.`,
      undefined,
      options,
    );
  }
}

/** So much cannot be staked on one subject at a time. */
export class RingFullError extends ContractError<{ subjectId: number; room: number; needed: number }> {
  declare readonly name: "RingFullError";

  constructor(args: { subjectId: number; room: number; needed: number }, options?: ErrorOptions) {
    const { subjectId, room, needed } = args;
    super(
      "RingFullError",
      args,
      `Identity ${subjectId} has room for ${formatCount(room, "point")} more, ${needed} needed.`,
      undefined,
      options,
    );
  }
}

/** The registry's periods are used up. */
export class HorizonPassedError extends ContractError<{ period: number; last: number }> {
  declare readonly name: "HorizonPassedError";

  constructor(args: { period: number; last: number }, options?: ErrorOptions) {
    const { period, last } = args;
    super(
      "HorizonPassedError",
      args,
      `Period ${period} is beyond ${last}, the last that this registry can store.`,
      undefined,
      options,
    );
  }
}

/** The past is not kept. */
export class PeriodPassedError extends ContractError<{ period: number; current: number }> {
  declare readonly name: "PeriodPassedError";

  constructor(args: { period: number; current: number }, options?: ErrorOptions) {
    const { period, current } = args;
    super("PeriodPassedError", args, `Period ${period} has passed; the current one is ${current}.`, undefined, options);
  }
}

/** The cursor is not in the list. */
export class InvalidCursorError extends ContractError<{ cursor: number }> {
  declare readonly name: "InvalidCursorError";

  constructor(args: { cursor: number }, options?: ErrorOptions) {
    const { cursor } = args;
    super(
      "InvalidCursorError",
      args,
      `Identity ${cursor} is not in the list.`,
      "Start again with the first page.",
      options,
    );
  }
}

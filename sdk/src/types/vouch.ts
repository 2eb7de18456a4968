import type { Status } from "./identity.ts";

/** For or against the subject; `none` where there is no vouch. */
export type Stance = "none" | "for" | "against";

/**
 * What a vouch or warning is now. `active`: it counts. `lapsed`: given to a key that the subject no longer has, until it
 * is renewed. `ended` by itself, `revoked` by the voucher, `disowned` by the subject, `burned` to the last point.
 */
export type VouchState = "none" | "active" | "lapsed" | "ended" | "revoked" | "disowned" | "burned";

/** The points of one identity. */
export type Standing = {
  /** Points that it has: tenure in units, capped, less what was burned. Only check-ins earn them. */
  standing: number;
  /** Points locked in vouches and warnings, their tails included. */
  staked: number;
  /** Points burned, ever. */
  burned: number;
  /** Points that it can stake. */
  free: number;
  /** How many times an arbiter burned a stake of it, counted up to 255. */
  scars: number;
};

/** What is staked on one identity. */
export type Support = {
  /** Points for it, given to its current key. */
  support: number;
  /** Points against it. */
  opposition: number;
};

/**
 * One vouch or warning, with what is to be known of its voucher beside it. Whether the subject disowned what is locked, also
 * where a warning was made over it since, is in the edges of events alone (`isRefused`).
 */
export type Vouch = {
  /** Who staked. */
  voucherId: number;
  /** For or against whom. */
  subjectId: number;
  /** Who may burn the stake; undefined where nobody may. */
  arbiterId: number | undefined;
  /** For or against. */
  stance: Stance;
  /** What it is now; `none` where the pair has none. */
  state: VouchState;
  /** Whether it counts now. */
  isActive: boolean;
  /** Whether its arbiter can burn it now: some of the stake is locked, and the arbiter is active. */
  isBurnable: boolean;
  /** Points. */
  stake: number;
  /**
   * When it was made (unix seconds), weighted by stake: points that a renewal adds move it towards their day. Making anew
   * starts it anew. Of one that was revoked, when that was.
   */
  since: number;
  /** Last period in which it counts. */
  endPeriod: number;
  /** Last period in which its stake is locked. */
  releasePeriod: number;
  /** The subject's key epoch when it was made or last renewed. */
  subjectKeyEpoch: number;
  /** The voucher's key epoch then. */
  voucherKeyEpoch: number;
  /** What the voucher is now. */
  voucherStatus: Status;
  /** Whether the voucher's key has changed since. */
  voucherRekeyed: boolean;
  /** What the arbiter is now; `unknown` where there is none. */
  arbiterStatus: Status;
};

/** One vouch or warning as stored, and as events carry it. */
export type Edge = {
  /** Points. */
  stake: number;
  /** When it was made (unix seconds), weighted by stake; once revoked, when that was. */
  since: number;
  /** Last period in which it counts. */
  endPeriod: number;
  /** Last period in which its stake is locked. */
  releasePeriod: number;
  /** For or against. */
  stance: Stance;
  /** What was done with it. A `live` one may still have ended by itself or lapsed. */
  state: "none" | "live" | "revoked" | "disowned";
  /** The subject's key epoch when it was made or last renewed. */
  subjectKeyEpoch: number;
  /** The voucher's key epoch then. */
  voucherKeyEpoch: number;
  /** Who may burn the stake; undefined where nobody may. */
  arbiterId: number | undefined;
  /** The voucher that follows in the subject's list; undefined at the end. */
  nextVoucherId: number | undefined;
  /** The subject that follows in the voucher's list; undefined at the end. */
  nextSubjectId: number | undefined;
  /** Whether the subject disowned what is locked here, also where a warning was made over it since. */
  isRefused: boolean;
};

/** For or against the subject. */
export type TrustStance = "for" | "against";

/** A vouch or warning that counts now. What `getVouchers` yields fits, if only what is active is taken. */
export type TrustEdge = {
  /** Who staked. */
  voucherId: number;
  /** For or against whom. */
  subjectId: number;
  /** How much: points, or any other weight above zero. */
  stake: number;
  /** When it was made (unix seconds). */
  since: number;
  /** For or against; `for` where left out. */
  stance?: TrustStance | undefined;
  /** Whether the voucher's key has changed since. */
  voucherRekeyed?: boolean | undefined;
};

/** The same in columns, for many: entry `i` of each is edge `i`. */
export type TrustEdgeColumns = {
  voucherIds: ArrayLike<number>;
  subjectIds: ArrayLike<number>;
  stakes: ArrayLike<number>;
  since: ArrayLike<number>;
  /** 1 for a warning, 0 for a vouch; all are vouches where left out. */
  against?: ArrayLike<number> | undefined;
};

/** What an identity is, as far as its vouches are concerned. */
export type VoucherStatus = "active" | "suspended" | "retired";

/** An identity. A `Profile` that is not unknown fits. */
export type TrustIdentity = {
  id: number;
  /** Points that it has, staked or not: what it does not stake stays with it. */
  standing: number;
  /** What it is; `active` where left out. */
  status?: VoucherStatus | undefined;
};

/** The same in columns. */
export type TrustIdentityColumns = {
  ids: ArrayLike<number>;
  standings: ArrayLike<number>;
};

/**
 * What still counts of an identity's stakes: `all`, only its `warnings`, or `none`. What does not count is shown
 * nevertheless, with a flow of zero, and still takes up its share of the budget.
 */
export type StakesThatCount = "all" | "warnings" | "none";

/** The numbers of the model. */
export type TrustParameters = {
  /** The share of trust that stays with the anchors at each step, above 0 and below 1. */
  alpha: number;
  /** What a warning weighs against a vouch, from 0. */
  lambda: number;
  /** How much evidence it takes for a score to be taken seriously, above 0; all trust together is 1. */
  kappa: number;
  /** What a vouch of this moment counts, from 0 to 1. */
  freshFloor: number;
  /** Seconds until a vouch counts fully. */
  freshAfter: number;
  /**
   * What counts of a suspended voucher. Only its `warnings` where left out: its key may be stolen, so it opens no doors;
   * a warning it can revoke even so.
   */
  suspended: StakesThatCount;
  /** What counts of a retired voucher. Only its `warnings` where left out, until they end. */
  retired: StakesThatCount;
  /**
   * What counts of what a voucher staked with an earlier key. `all` where left out: the vouches that it received lapsed
   * with that key, so it has no more trust to give than was affirmed since.
   */
  rekeyed: StakesThatCount;
};

/** Why a stake does not count. */
export type MutedReason = "suspended" | "retired" | "rekeyed";

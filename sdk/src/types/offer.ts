import type { Hex } from "viem";

/** What a voucher offers: the terms of a vouch or a warning. */
export type Offer = {
  /** Who stakes: an active identity. */
  voucherId: number;
  /** On whom: another identity. It has to be active for a vouch; a warning may be about a suspended one. */
  subjectId: number;
  /** Points: at least 1, and at most what the voucher has free. */
  stake: number;
  /** How many periods ahead it ends: 1 to 6. It counts to the end of that period. */
  periods: number;
  /**
   * Who may burn the stake: an active third identity that agreed with `setArbitration`. Where points are locked under it
   * already, it need neither be active nor agree again.
   */
  arbiterId?: number | undefined;
  /** What it is about. */
  topic?: Hex | undefined;
  /** URI of the evidence. */
  evidence?: string | undefined;
};

import type { Hex } from "viem";

/** The block that an answer is of. */
export interface BlockMoment {
  readonly chainId: number;
  readonly number: bigint;
  readonly hash: Hex;
  /** Its time, unix seconds. */
  readonly timestamp: number;
}

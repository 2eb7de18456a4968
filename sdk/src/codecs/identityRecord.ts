import { type Address, getAddress, numberToHex } from "viem";
import type { Status } from "../types/identity.ts";
import { decodeStatus } from "./enums.ts";

/** What the first word of an identity holds. Times are unix seconds. */
export type IdentityRecord = {
  /** The key that speaks for it; undefined where unknown or retired. */
  owner: Address | undefined;
  /** When it was registered. */
  firstSeen: number;
  /** When it last checked in. */
  lastSeen: number;
  /** How many times the owner key changed. */
  keyEpoch: number;
  /** What it is. */
  status: Status;
  /** Whether it ever lost time to a long silence. */
  isInterrupted: boolean;
};

/**
 * Unpacks the word that `getRecord` answers, in which the registry keeps what it needs of an identity most often.
 *
 * @param word - The word.
 * @returns The record.
 *
 * @example
 * const record = decodeIdentityRecord(word);
 * record.status; // "active"
 */
export function decodeIdentityRecord(word: bigint): IdentityRecord {
  const owner = word & ((1n << 160n) - 1n);
  return {
    owner: owner === 0n ? undefined : getAddress(numberToHex(owner, { size: 20 })),
    firstSeen: Number((word >> 160n) & 0xff_ffff_ffffn),
    lastSeen: Number((word >> 200n) & 0xff_ffff_ffffn),
    keyEpoch: Number((word >> 240n) & 0xffn),
    status: decodeStatus(Number((word >> 248n) & 3n)),
    isInterrupted: ((word >> 250n) & 1n) === 1n,
  };
}

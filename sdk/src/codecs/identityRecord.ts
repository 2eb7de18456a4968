import { type Address, getAddress, numberToHex } from "viem";
import type { Status } from "../types/identity.ts";
import { bits } from "./bits.ts";
import { decodeStatus } from "./enums.ts";

/** What the first word of an identity holds. Times are unix seconds. */
export type IdentityRecord = {
  /** The key that speaks for it; undefined where unknown or retired. */
  owner: Address | undefined;
  /** Where its tenure begins: when it was registered, moved later by every second that a long silence lost. */
  tenureStart: number;
  /** When it last checked in. */
  lastSeen: number;
  /** How many times the owner key changed. */
  keyEpoch: number;
  /** What it is. */
  status: Status;
  /** Witnessed seconds of existence: from the start of its tenure to its last check-in. */
  tenure: number;
  /** Whether its owner was proven to be a key. */
  isKeyOwned: boolean;
  /** Whether it agreed to be named as arbiter. */
  isArbiter: boolean;
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
  const tenureStart = bits(word, 160n, 40n);
  const lastSeen = bits(word, 200n, 40n);
  return {
    owner: owner === 0n ? undefined : getAddress(numberToHex(owner, { size: 20 })),
    tenureStart,
    lastSeen,
    keyEpoch: bits(word, 240n, 8n),
    status: decodeStatus(bits(word, 248n, 2n)),
    tenure: lastSeen - tenureStart,
    isKeyOwned: bits(word, 250n, 1n) === 1,
    isArbiter: bits(word, 251n, 1n) === 1,
  };
}

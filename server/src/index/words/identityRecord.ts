// The first word of an identity: contracts/libraries/IdentityRecord.sol.
import { field, withField } from "./word.ts";

/** What an identity is, as the registry numbers it. */
export const status = { active: 1n, suspended: 2n, retired: 3n } as const;

const KEY_OWNED = 1n << 250n;
const ARBITER = 1n << 251n;

export function newRecord(owner: bigint, now: bigint): bigint {
  return owner | (now << 160n) | (now << 200n) | (status.active << 248n);
}

export function statusOf(record: bigint): bigint {
  return field(record, 248n, 2n);
}

export function keyEpochOf(record: bigint): bigint {
  return field(record, 240n, 8n);
}

/** The record with another owner, which has not proven to be a key. */
export function withOwner(record: bigint, owner: bigint): bigint {
  return withField(record & ~KEY_OWNED, 0n, 160n, owner);
}

export function withNextKeyEpoch(record: bigint): bigint {
  return record + (1n << 240n);
}

export function withKeyOwned(record: bigint): bigint {
  return record | KEY_OWNED;
}

export function withStatus(record: bigint, value: bigint): bigint {
  return withField(record, 248n, 2n, value);
}

export function withArbitration(record: bigint, isOpen: boolean): bigint {
  return isOpen ? record | ARBITER : record & ~ARBITER;
}

/** The record after a check-in: it credits the time since the last one, so much of it at most. */
export function withCheckIn(record: bigint, now: bigint, maxSilence: bigint): bigint {
  const start = field(record, 160n, 40n);
  const last = field(record, 200n, 40n);
  const silence = now - last;
  const credit = silence < maxSilence ? silence : maxSilence;
  return withField(withField(record, 160n, 40n, now - (last - start) - credit), 200n, 40n, now);
}

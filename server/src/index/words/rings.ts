// Rings of stakes that expire by themselves: contracts/libraries/{RingHeader,ExpiryRing,SubjectRing,VoucherRing}.sol.
import { field, withField } from "./word.ts";

/** How a ring is laid out: where its buckets begin, and how wide one is. */
export interface RingLayout {
  readonly at: bigint;
  readonly width: bigint;
}

export const subjectRing: RingLayout = { at: 67n, width: 27n };
export const voucherRing: RingLayout = { at: 90n, width: 20n };

const WARNED = 1n << 66n;
/** What stays of a subject's ring when its stakes are dropped: base, head and mark. */
const KEPT = ((1n << 58n) - 1n) | WARNED;
const MOST_SCARS = 255n;

/** The ring with another base period; what has passed until then is dropped. */
export function advanced(ring: bigint, period: bigint, { at, width }: RingLayout): bigint {
  const buckets = (ring >> at) >> ((period - field(ring, 0n, 18n)) * width);
  return withField(ring & ((1n << at) - 1n), 0n, 18n, period) | (buckets << at);
}

/** The ring with so many points more, or fewer, in the bucket of a period. */
export function added(ring: bigint, period: bigint, points: bigint, { at, width }: RingLayout): bigint {
  return points === 0n ? ring : ring + (points << (at + (period - field(ring, 0n, 18n)) * width));
}

export function withHead(ring: bigint, id: number): bigint {
  return withField(ring, 18n, 40n, BigInt(id));
}

/** The ring of stakes for a subject, for a key: empty where its stakes were given to an earlier one. */
export function givenTo(ring: bigint, keyEpoch: bigint): bigint {
  return keyEpochIn(ring) === keyEpoch ? ring : (ring & KEPT) | (keyEpoch << 58n);
}

export function keyEpochIn(ring: bigint): bigint {
  return field(ring, 58n, 8n);
}

export function isWarned(ring: bigint): boolean {
  return (ring & WARNED) !== 0n;
}

export function withWarning(ring: bigint): bigint {
  return ring | WARNED;
}

/** A voucher's ring after a burn: so much more is burned, and one scar more, counted up to 255. */
export function withBurn(ring: bigint, points: bigint): bigint {
  const burned = ring + (points << 58n);
  return field(ring, 82n, 8n) === MOST_SCARS ? burned : burned + (1n << 82n);
}

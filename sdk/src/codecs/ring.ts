import { bits } from "./bits.ts";

/** Stakes of one ring that pass in the same period. */
export type RingStake = {
  /** The last period in which they are there. */
  period: number;
  /** Points. */
  points: number;
};

/** What both rings have. */
type Ring = {
  /** The period in which the ring was last written; nothing of it is known of earlier ones. */
  basePeriod: number;
  /** What is staked, by the last period in which it is there, earliest first. */
  stakes: readonly RingStake[];
};

/** What is staked for, or against, one subject: `stakes` by the last period in which they count. */
export type SubjectRing = Ring & {
  /** The newest voucher, with whom the subject's list begins; undefined where there is none. Only of the ring for it. */
  headId: number | undefined;
  /** The subject's key epoch that the stakes were given to: with another they do not count. Only of the ring for it. */
  keyEpoch: number;
  /** Whether there may be stakes against the subject. Only of the ring for it. */
  isWarned: boolean;
};

/** What one voucher has staked: `stakes` by the last period in which they are locked. */
export type VoucherRing = Ring & {
  /** The newest subject, with whom the voucher's list begins; undefined where there is none. */
  headId: number | undefined;
  /** Points burned, ever. */
  burned: number;
  /** How many times an arbiter burned a stake, counted up to 255. */
  scars: number;
};

/**
 * Unpacks the word in which the registry stores what is staked for, or against, one subject.
 *
 * @param word - The word; where it is stored, `supportRingSlot` and `oppositionRingSlot` say.
 * @returns The ring.
 *
 * @example
 * const { vouchRegistry } = shortAddresses;
 * const stored = await client.getStorageAt({ address: vouchRegistry, slot: supportRingSlot(9) });
 * const ring = decodeSubjectRing(BigInt(stored ?? 0));
 * stakedAt(ring, ring.basePeriod); // 30
 */
export function decodeSubjectRing(word: bigint): SubjectRing {
  return {
    ...buckets(word, { at: 67, count: 7, width: 27 }),
    headId: bits(word, 18n, 40n) || undefined,
    keyEpoch: bits(word, 58n, 8n),
    isWarned: bits(word, 66n, 1n) === 1,
  };
}

/**
 * Unpacks the word in which the registry stores what one voucher has staked.
 *
 * @param word - The word; where it is stored, `commitmentsRingSlot` says.
 * @returns The ring.
 *
 * @example
 * const { vouchRegistry } = shortAddresses;
 * const stored = await client.getStorageAt({ address: vouchRegistry, slot: commitmentsRingSlot(7) });
 * decodeVoucherRing(BigInt(stored ?? 0)).headId; // 9
 */
export function decodeVoucherRing(word: bigint): VoucherRing {
  return {
    ...buckets(word, { at: 90, count: 8, width: 20 }),
    headId: bits(word, 18n, 40n) || undefined,
    burned: bits(word, 58n, 24n),
    scars: bits(word, 82n, 8n),
  };
}

/**
 * What is there of a ring in a period, if it is not written until then: what counts for or against a subject, or what a
 * voucher has locked.
 *
 * @param ring - A ring, decoded.
 * @param period - The period, not before the ring's base.
 * @returns Points.
 * @throws {RangeError} The period is before the base, where nothing is known.
 *
 * @example
 * const ring = { basePeriod: 4, stakes: [{ period: 5, points: 30 }, { period: 8, points: 12 }] };
 * stakedAt(ring, 5); // 42
 * stakedAt(ring, 6); // 12
 */
export function stakedAt({ basePeriod, stakes }: Pick<SubjectRing, "basePeriod" | "stakes">, period: number): number {
  if (period < basePeriod) throw new RangeError(`Period ${period} is before the ring's base, ${basePeriod}.`);
  return stakes.reduce((sum, stake) => (stake.period < period ? sum : sum + stake.points), 0);
}

/** The base period is the lowest 18 bits. The buckets are the highest, that of the base period first. */
function buckets(word: bigint, { at, count, width }: { at: number; count: number; width: number }): Ring {
  const basePeriod = bits(word, 0n, 18n);
  const stakes: RingStake[] = [];
  for (let index = 0; index < count; index++) {
    const points = bits(word, BigInt(at + index * width), BigInt(width));
    if (points > 0) stakes.push({ period: basePeriod + index, points });
  }
  return { basePeriod, stakes };
}

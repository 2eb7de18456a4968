/** How a registry counts periods: two of its immutable values. */
export type PeriodClock = {
  /** When period 0 began (unix seconds). */
  origin: number;
  /** Seconds of a period. */
  period: number;
};

/**
 * The period in which a moment lies.
 *
 * @param time - The moment (unix seconds), not before the origin.
 * @param clock - How the registry counts; `productionParameters` on a public chain.
 * @returns The period's number.
 *
 * @example
 * periodAt(1_767_225_600, productionParameters); // 0
 */
export function periodAt(time: number, { origin, period }: PeriodClock): number {
  if (time < origin) throw new RangeError(`Second ${time} is before period 0, which began at ${origin}.`);
  return Math.floor((time - origin) / period);
}

/**
 * The first second after a period.
 *
 * @param number - The period's number.
 * @param clock - How the registry counts; `productionParameters` on a public chain.
 * @returns Unix seconds.
 *
 * @example
 * periodEnd(0, productionParameters); // 1_772_409_600
 */
export function periodEnd(number: number, { origin, period }: PeriodClock): number {
  return origin + (number + 1) * period;
}

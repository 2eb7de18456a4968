import { Problem } from "./problem.ts";

/** How much one sender may ask. */
export interface RateLimit {
  /** Requests a second, in the long run. */
  readonly perSecond: number;
  /** Requests at once. */
  readonly burst: number;
}

/** How many senders are remembered: beyond that the one is forgotten who was silent for longest. */
const MOST_SENDERS = 10_000;

/**
 * Makes what counts requests by sender, each with a bucket of its own.
 *
 * @param limit How much one sender may ask.
 * @param now Milliseconds since 1970.
 * @returns A function that takes one from a sender's bucket, and throws a `Problem` of 429 where that is empty.
 */
export function rateLimit({ perSecond, burst }: RateLimit, now: () => number = Date.now): (sender: string) => void {
  const buckets = new Map<string, { left: number; at: number }>();
  return (sender) => {
    const time = now();
    const bucket = buckets.get(sender) ?? { left: burst, at: time };
    const elapsed = Math.max(0, time - bucket.at) / 1_000;
    const left = Math.min(burst, bucket.left + elapsed * perSecond);
    buckets.delete(sender);
    buckets.set(sender, { left: Math.max(0, left - 1), at: time });
    if (buckets.size > MOST_SENDERS) buckets.delete(buckets.keys().next().value ?? "");
    if (left >= 1) return;
    const wait = Math.max(1, Math.ceil((1 - left) / perSecond));
    const detail = `No more than ${perSecond} requests a second are taken of one sender. Wait ${wait} s.`;
    throw new Problem(429, "too_many_requests", detail, { "retry-after": String(wait) });
  };
}

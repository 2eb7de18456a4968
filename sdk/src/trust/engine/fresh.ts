import type { TrustParameters } from "./types.ts";

/** What a stake counts by its age. One that is dated later than now counts as one of now: the least. */
export function freshOf(since: number, now: number, { freshFloor, freshAfter }: TrustParameters): number {
  const share = (now - since) / freshAfter;
  if (share >= 1) return 1;
  return share <= 0 ? freshFloor : freshFloor + (1 - freshFloor) * share;
}

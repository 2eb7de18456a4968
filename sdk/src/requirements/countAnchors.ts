import type { Requirement } from "../types/gate.ts";
import type { Vouch } from "../types/vouch.ts";

/** What anchors that count say of an identity: how many vouch for it, and how many warn about it. */
export type AnchorCount = { vouching: number; warning: number };

/** What matters of an anchor's edge. */
export type AnchorEdge = Pick<Vouch, "stance" | "stake" | "isActive" | "voucherStatus">;

/** Counts anchors by their edges on an identity, one of each anchor. */
export function countAnchors(edges: readonly AnchorEdge[], { minAnchorStake = 0 }: Requirement): AnchorCount {
  const counted = edges.filter(
    ({ isActive, voucherStatus, stake }) => isActive && voucherStatus === "active" && stake >= minAnchorStake,
  );
  const vouching = counted.filter(({ stance }) => stance === "for").length;
  return { vouching, warning: counted.length - vouching };
}

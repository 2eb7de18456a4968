import type { TrustGraph } from "./graph.ts";
import type { Residual, Trust } from "./trust.ts";

/** Half the distance from 1 to the next number: the relative error of one operation. */
export const ROUNDING = 2 ** -53;

/** By how much each identity's trust misses what flows into it. */
export function measureResidual(trust: Trust): Residual {
  const { graph, values: trusts } = trust;
  const { alpha } = graph.parameters;
  const values = new Float64Array(graph.size);
  let sum = 0;
  let rounding = 0;
  const { start, from, phi } = graph.packed;
  for (let place = 0; place < graph.size; place++) {
    let inflow = 0;
    let terms = 8;
    if (place < graph.packedSize) {
      const end = start[place + 1] as number;
      terms += end - (start[place] as number);
      for (let edge = start[place] as number; edge < end; edge++) {
        const share = phi[edge] as number;
        if (share > 0) inflow += share * (trusts[from[edge] as number] as number);
      }
    }
    for (const { from: voucher, phi: share } of graph.laterIn.get(place) ?? []) {
      terms++;
      if (share > 0) inflow += share * (trusts[voucher] as number);
    }
    const value = trusts[place] as number;
    const due = alpha * trust.shareAt(place) + (1 - alpha) * inflow;
    values[place] = due - value;
    sum += Math.abs(due - value);
    // Each of the terms was rounded once more than the one after it; all are positive.
    rounding += terms * ROUNDING * (due + value);
  }
  return { values, sum, rounding };
}

/**
 * The most by which all trust together may be wrong: what is missing flows on, and each step passes on at most
 * `1 - alpha` of it.
 */
export function boundOf({ parameters }: TrustGraph, { sum, rounding }: Pick<Residual, "sum" | "rounding">): number {
  return (sum + rounding) / parameters.alpha;
}

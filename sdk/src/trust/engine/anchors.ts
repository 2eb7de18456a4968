import { DuplicateAnchorError, InvalidAnchorError, NoAnchorsError } from "./errors.ts";
import type { Anchor } from "./trust.ts";

/** The anchors, ascending, with weights that sum to 1. */
export function anchorsOf(given: readonly (number | Anchor)[]): Anchor[] {
  if (given.length === 0) throw new NoAnchorsError();
  const anchors = given.map((anchor) => (typeof anchor === "number" ? { id: anchor, weight: 1 } : anchor));
  for (const { id, weight } of anchors) {
    // Weights beyond 2^53 could sum to infinity, and leave nothing to each.
    const isWeight = typeof weight === "number" && weight > 0 && weight <= Number.MAX_SAFE_INTEGER;
    const isRight = Number.isSafeInteger(id) && id >= 1 && isWeight;
    if (!isRight) throw new InvalidAnchorError({ id, weight });
  }
  anchors.sort((a, b) => a.id - b.id);
  for (let i = 1; i < anchors.length; i++) {
    const id = anchors[i]?.id as number;
    if (anchors[i - 1]?.id === id) throw new DuplicateAnchorError({ id });
  }
  const sum = anchors.reduce((total, { weight }) => total + weight, 0);
  return anchors.map(({ id, weight }) => ({ id, weight: weight / sum }));
}

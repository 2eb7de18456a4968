import { GRANT_LIMITS } from "../constants.ts";
import { LONGEST, quote } from "../errors/quote.ts";
import { GrantError } from "./grantError.ts";
import type { ChainedGrant, Grant } from "./types.ts";

/** What a child grants beyond its parent, in words; nothing where it only narrows. */
export function widenings(parent: Grant, child: Grant): readonly string[] {
  const wider: string[] = [];
  for (const { audience, permissions } of child.audiencePermissions) {
    const held = parent.audiencePermissions.find((entry) => entry.audience === audience);
    if (held === undefined) wider.push(`audience ${quote(audience)}`);
    for (const permission of permissions) {
      const isHeld = held === undefined || held.permissions.includes(permission);
      if (!isHeld) wider.push(`permission ${quote(permission)} at ${quote(audience)}`);
    }
  }
  if (child.validAfter < parent.validAfter) wider.push("validAfter");
  if (child.validUntil > parent.validUntil) wider.push("validUntil");
  if (child.maxRequestValiditySeconds > parent.maxRequestValiditySeconds) wider.push("maxRequestValiditySeconds");
  if (child.remainingDelegations >= parent.remainingDelegations) wider.push("remainingDelegations");
  return wider;
}

/** Refuses more grants than there may be. */
export function checkDepth(depth: number, maxDepth: number): void {
  if (depth <= maxDepth) return;
  throw new GrantError("delegation_chain_too_long", `There are ${depth} grants, and may be ${maxDepth}.`);
}

/** Refuses a chain in which a grant stands below another one than it was made for. */
export function checkContinuity(grants: readonly ChainedGrant[]): void {
  for (const [index, { grant }] of grants.entries()) {
    const parent = grants[index - 1];
    if (parent === undefined || parent.digest === grant.parentGrantHash) continue;
    throw new GrantError("delegation_chain_discontinuous", "A grant stands below another one than it was made for.");
  }
}

/** Refuses a chain in which a grant is wider than the one above it. */
export function checkNarrowing(grants: readonly ChainedGrant[]): void {
  for (const [index, { grant }] of grants.entries()) {
    const parent = grants[index - 1];
    const wider = parent === undefined ? [] : widenings(parent.grant, grant);
    if (wider.length === 0) continue;
    // The names are a stranger's, and each is quoted by itself: no more of them all is told than of one.
    const all = wider.join(", ");
    const words = all.length > LONGEST ? `${all.slice(0, LONGEST)}…` : all;
    throw new GrantError("delegation_attenuation_violation", `A grant is wider than the one above it: ${words}.`);
  }
}

/**
 * Refuses a chain that is too long, that does not hang together, or in which a grant is wider than the one above it.
 *
 * @param grants From the root to the leaf, as they were decoded.
 * @param maxDepth How many there may be.
 * @throws GrantError
 */
export function checkChain(grants: readonly ChainedGrant[], maxDepth: number = GRANT_LIMITS.depth): void {
  checkDepth(grants.length, maxDepth);
  checkContinuity(grants);
  checkNarrowing(grants);
}

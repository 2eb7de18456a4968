import { GRANT_LIMITS } from "../constants.ts";
import { quote } from "../errors/quote.ts";
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

/**
 * Refuses a chain that is too long, that does not hang together, or in which a grant is wider than the one above it.
 *
 * @param grants From the root to the leaf, as they were decoded.
 * @param maxDepth How many there may be.
 * @throws GrantError
 */
export function checkChain(grants: readonly ChainedGrant[], maxDepth: number = GRANT_LIMITS.depth): void {
  if (grants.length > maxDepth) {
    throw new GrantError("delegation_chain_too_long", `There are ${grants.length} grants, and may be ${maxDepth}.`);
  }
  const pairs = grants.slice(1).map((child, index) => [grants[index], child] as const);
  for (const [parent, child] of pairs) {
    if (parent !== undefined && parent.digest !== child.grant.parentGrantHash) {
      throw new GrantError("delegation_chain_discontinuous", "A grant stands below another one than it was made for.");
    }
  }
  for (const [parent, child] of pairs) {
    const wider = parent === undefined ? [] : widenings(parent.grant, child.grant);
    if (wider.length === 0) continue;
    const words = wider.slice(0, 8).join(", ");
    throw new GrantError("delegation_attenuation_violation", `A grant is wider than the one above it: ${words}.`);
  }
}

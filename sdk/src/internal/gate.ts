// What `TrustGate` asks, in its order. No request is made here.
import { InvalidRequirementError } from "../errors/arguments.ts";
import type { Requirement, UnmetFact, UnmetReason } from "../types/gate.ts";
import type { Profile } from "../types/profile.ts";
import type { Vouch } from "../types/vouch.ts";
import { idOf } from "./validate.ts";

/** The widths of `Requirement` in the contracts. */
const widths = {
  minAge: 40,
  minTenure: 40,
  minKeyAge: 40,
  maxSilence: 40,
  minSupport: 32,
  oppositionLimit: 32,
  minAnchors: 8,
  minAnchorStake: 32,
  anchorWarningLimit: 8,
} as const;

export function requireValid(requirement: Requirement): void {
  for (const anchor of requirement.anchors ?? []) idOf(anchor, "anchors");
  for (const [field, width] of Object.entries(widths) as [keyof typeof widths, number][]) {
    const value = requirement[field];
    const most = 2 ** width - 1;
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= 0 && value <= most)) {
      throw new InvalidRequirementError({ field, value, expected: `a whole number from 0 to ${most}` });
    }
  }
  const { keyOwned } = requirement;
  if (keyOwned !== undefined && typeof keyOwned !== "boolean") {
    throw new InvalidRequirementError({ field: "keyOwned", value: keyOwned, expected: "true or false" });
  }
}

/** A reason that makes every other question pointless. */
export function finalReason({ role, status }: Profile): "formerKey" | "unknown" | "retired" | undefined {
  if (role === "former") return "formerKey";
  return status === "unknown" || status === "retired" ? status : undefined;
}

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

/**
 * Everything that is not met, of an identity that has no final reason.
 *
 * @param found - The moment (unix seconds), what anchors say, and since when its youngest key that matters is one.
 */
export function unmetFacts(
  { status, ownerKind, firstSeen, lastSeen, tenure, support, opposition }: Profile,
  requirement: Requirement,
  { time, anchors, keySince }: { time: number; anchors: AnchorCount; keySince: number },
): UnmetFact[] {
  const { minAge = 0, minTenure = 0, minKeyAge = 0, maxSilence = 0, minSupport = 0, minAnchors = 0 } = requirement;
  const { oppositionLimit = 0, anchorWarningLimit = 0, keyOwned = false } = requirement;
  const [age, keyAge, silence] = [time - firstSeen, time - keySince, time - lastSeen];
  const reaches = (actual: number, limit: number) => limit !== 0 && actual >= limit;
  const checks: [isUnmet: boolean, reason: UnmetReason, actual?: number, demanded?: number][] = [
    [status === "suspended", "suspended"],
    [age < minAge, "age", age, minAge],
    [tenure < minTenure, "tenure", tenure, minTenure],
    [keyAge < minKeyAge, "keyAge", keyAge, minKeyAge],
    [maxSilence !== 0 && silence > maxSilence, "silence", silence, maxSilence],
    [support < minSupport, "support", support, minSupport],
    [reaches(opposition, oppositionLimit), "opposition", opposition, oppositionLimit],
    [anchors.vouching < minAnchors, "anchors", anchors.vouching, minAnchors],
    [reaches(anchors.warning, anchorWarningLimit), "anchorWarnings", anchors.warning, anchorWarningLimit],
    [keyOwned && ownerKind !== "key", "unprovenOwner"],
  ];
  return checks.filter(([isUnmet]) => isUnmet).map(([, reason, actual, demanded]) => ({ reason, actual, demanded }));
}

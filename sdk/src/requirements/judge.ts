// What `TrustGate` asks, in its order. No request is made here.
import type { Requirement, UnmetFact, UnmetReason } from "../types/gate.ts";
import type { Profile } from "../types/profile.ts";
import type { AnchorCount } from "./countAnchors.ts";

/** A reason that makes every other question pointless. */
export function finalReason({ role, status }: Profile): "formerKey" | "unknown" | "retired" | undefined {
  if (role === "former") return "formerKey";
  return status === "unknown" || status === "retired" ? status : undefined;
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

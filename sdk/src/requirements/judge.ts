// What `TrustGate` asks, in its order. No request is made here.
import type { Requirement, UnmetFact, UnmetReason } from "../types/gate.ts";
import type { Profile } from "../types/profile.ts";
import { type AnchorCount, type AnchorEdge, countAnchors } from "./countAnchors.ts";

/** A reason that makes every other question pointless. */
export function finalReason({ role, status }: Profile): "formerKey" | "unknown" | "retired" | undefined {
  if (role === "former") return "formerKey";
  return status === "unknown" || status === "retired" ? status : undefined;
}

/** What a profile does not say, and a requirement may ask about. */
export type Found = {
  /** The moment (unix seconds). */
  time: number;
  /** What the anchors that are named staked on it, one of each. */
  edges: readonly AnchorEdge[];
  /** Since when the wallet that calls is one: it has an age of its own. Where left out, it counts as old as the key. */
  walletSince?: number | undefined;
};

/**
 * Everything that is not met, in the order of the bits of `TrustGate`. This is the one judge: whoever asks brings the facts.
 */
export function judge(profile: Profile, requirement: Requirement, { time, edges, walletSince }: Found): UnmetFact[] {
  const final = finalReason(profile);
  if (final !== undefined) return [{ reason: final, actual: undefined, demanded: undefined }];
  const anchors = countAnchors(edges, requirement);
  const isWallet = profile.role === "wallet" && walletSince !== undefined;
  const keySince = isWallet ? Math.max(profile.keySince, walletSince) : profile.keySince;
  return unmetFacts(profile, requirement, { time, anchors, keySince });
}

/** Of an identity that has no final reason; `keySince` is of its youngest key that matters. */
function unmetFacts(
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

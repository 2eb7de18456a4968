// What `TrustGate` asks, in its order. No request is made here.
import { InvalidRequirementError } from "../errors/arguments.ts";
import type { Requirement, UnmetFact, UnmetReason } from "../types/gate.ts";
import type { Profile } from "../types/profile.ts";
import { idOf } from "./validate.ts";

/** The widths of `Requirement` in the contracts. */
const widths = {
  minAge: 40,
  minTenure: 40,
  minKeyAge: 40,
  maxSilence: 40,
  minSupport: 32,
  maxOpposition: 32,
  minAnchors: 8,
} as const;

export function requireValid(requirement: Requirement): void {
  for (const anchor of requirement.anchors ?? []) idOf(anchor, "anchors");
  for (const [field, width] of Object.entries(widths) as [keyof typeof widths, number][]) {
    const value = requirement[field];
    const most = 2 ** width - 1;
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= 0 && value <= most)) {
      throw new InvalidRequirementError({ field, value, most });
    }
  }
}

/** A reason that makes every other question pointless. */
export function finalReason({ role, status }: Profile): "formerKey" | "unknown" | "retired" | undefined {
  if (role === "former") return "formerKey";
  return status === "unknown" || status === "retired" ? status : undefined;
}

/**
 * Everything that is not met, of an identity that has no final reason.
 *
 * @param found - The moment (unix seconds), how many anchors vouch for it, and since when its youngest key that matters
 * is one.
 */
export function unmetFacts(
  { status, firstSeen, lastSeen, tenure, support, opposition }: Profile,
  requirement: Requirement,
  { time, anchors, keySince }: { time: number; anchors: number; keySince: number },
): UnmetFact[] {
  const { minAge = 0, minTenure = 0, minKeyAge = 0, maxSilence = 0 } = requirement;
  const { minSupport = 0, maxOpposition = 0, minAnchors = 0 } = requirement;
  const [age, keyAge, silence] = [time - firstSeen, time - keySince, time - lastSeen];
  const checks: [isUnmet: boolean, reason: UnmetReason, actual?: number, demanded?: number][] = [
    [status === "suspended", "suspended"],
    [age < minAge, "age", age, minAge],
    [tenure < minTenure, "tenure", tenure, minTenure],
    [keyAge < minKeyAge, "keyAge", keyAge, minKeyAge],
    [maxSilence !== 0 && silence > maxSilence, "silence", silence, maxSilence],
    [support < minSupport, "support", support, minSupport],
    [opposition > maxOpposition, "opposition", opposition, maxOpposition],
    [anchors < minAnchors, "anchors", anchors, minAnchors],
  ];
  return checks.filter(([isUnmet]) => isUnmet).map(([, reason, actual, demanded]) => ({ reason, actual, demanded }));
}

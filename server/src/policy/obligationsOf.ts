import type { GatheredFacts } from "../facts/index.ts";
import type { Obligation, UnmetFact } from "../types/decision.ts";

/** Facts that another signature of the same request would change, and which. */
const stepsUp: Readonly<Record<string, "owner" | "fresh">> = {
  "proof.replayable": "fresh",
  "proof.binding": "fresh",
  "proof.scheme": "owner",
  "proof.signerKind": "owner",
  "identity.role": "owner",
  "grant.delegated": "owner",
  "grant.depth": "owner",
  "grant.permissions": "owner",
  "grant.limited": "owner",
  "grant.timeLeft": "owner",
  "behaviour.pattern": "owner",
  "behaviour.surprise": "owner",
};

/**
 * What would change what is unmet: another proof, a vouch, or time.
 *
 * @param anchors - Names of the platform's anchors in the subject's registry.
 */
export function obligationsOf(
  unmet: readonly UnmetFact[],
  gathered: GatheredFacts,
  anchors: readonly string[],
): readonly Obligation[] {
  const obligations: Obligation[] = [];
  const proofs = new Set(unmet.flatMap(({ fact }) => stepsUp[fact] ?? []));
  // The owner's own signature is fresh too.
  const [proof] = proofs.has("owner") ? (["owner"] as const) : [...proofs];
  if (proof !== undefined && gathered.facts.identity.role !== "former") obligations.push({ type: "step_up", proof });
  const missing = missingAnchors(unmet, gathered, anchors);
  if (missing.length > 0) obligations.push({ type: "approve", anchors: missing });
  const until = Math.max(...unmet.map((fact) => waitFor(fact, gathered)));
  if (Number.isFinite(until)) obligations.push({ type: "wait", until });
  return obligations;
}

function missingAnchors(
  unmet: readonly UnmetFact[],
  { facts }: GatheredFacts,
  anchors: readonly string[],
): readonly string[] {
  if (!facts.identity.known) return [];
  const idOf = (anchor: string) => Number(anchor.slice(anchor.lastIndexOf("/") + 1));
  const wanted = unmet.flatMap(({ fact, comparison, demanded }) => {
    if (fact === "stakes.vouchingCount" || fact === "stakes.vouchingStake") return anchors;
    if (fact !== "stakes.vouching" || !comparison.startsWith("includes")) return [];
    const ids = new Set(Array.isArray(demanded) ? demanded : [demanded]);
    return anchors.filter((anchor) => ids.has(idOf(anchor)));
  });
  const vouching = new Set(facts.stakes.vouching);
  return [...new Set(wanted)].filter((anchor) => !vouching.has(idOf(anchor)));
}

/** The first second at which waiting can have met it; `-Infinity` where waiting is of no use. */
function waitFor({ fact, comparison, actual, demanded }: UnmetFact, { facts, clockOffset }: GatheredFacts): number {
  if (comparison !== "atLeast" || typeof actual !== "number" || typeof demanded !== "number" || !facts.identity.known) {
    return Number.NEGATIVE_INFINITY;
  }
  const time = facts.index.time + clockOffset;
  if (fact === "identity.age" || fact === "identity.keyAge") return time + demanded - actual;
  // Tenure is witnessed by check-ins: the next one adds at most what has passed since the last.
  if (fact === "identity.tenure") return Math.max(time, time - facts.identity.silence + demanded - actual);
  return Number.NEGATIVE_INFINITY;
}

import { reasonWords } from "../../codecs/reasons.ts";
import { finalReason, requireValid, unmetFacts } from "../../internal/gate.ts";
import type { Requirement, UnmetReason } from "../../types/gate.ts";
import type { Profile } from "../../types/profile.ts";
import { InvalidParameterError } from "../engine/errors.ts";
import { explain } from "../engine/explain.ts";
import { score as scoreOf, type TrustScore } from "../engine/score.ts";
import type { Trust } from "../engine/trust.ts";

/** What a platform demands: what a `TrustGate` does, and how far its own trust must reach. */
export type TrustRequirement = Requirement & {
  /** The least score, above -1 and below 1. Where left out, trust is not looked at. */
  minScore?: number | undefined;
};

/**
 * The answer, in a word. `unknown`: nobody is known here by this number or key, or no trust reaches it; `insufficient`:
 * it is known, but not enough speaks for it yet; `distrusted`: too much speaks against it; `suspended`, `retired`,
 * `formerKey`: it cannot be trusted now, whatever speaks for it.
 */
export type TrustAnswer = "trusted" | "unknown" | "insufficient" | "distrusted" | "suspended" | "retired" | "formerKey";

/** Why not: the reasons of `TrustGate`, and those of trust. */
export type TrustReason = UnmetReason | "noTrust" | "distrust" | "score";

/** One thing that is not met. */
export type UnmetTrust = {
  /** Which. */
  reason: TrustReason;
  /** What there is: seconds, points, anchors or a score; undefined where the reason is not about an amount. */
  have: number | undefined;
  /** What is needed, at least or at most. */
  need: number | undefined;
  /** The same in a sentence. */
  words: string;
};

/** Result of `evaluateTrust`. */
export type EvaluateTrustReturnType = {
  /** Whether all is met. */
  isMet: boolean;
  /** The answer, in a word. */
  answer: TrustAnswer;
  /** Everything that is not met. */
  unmet: UnmetTrust[];
  /** How the platform's trust regards it, whether or not that is demanded. */
  score: TrustScore;
};

/** Parameters of `evaluateTrust`. */
export type EvaluateTrustParameters = {
  /** The moment at which it is judged (unix seconds); that of the graph where left out. */
  time?: number | undefined;
  /** Since when the wallet that calls is one (unix seconds), as `resolveKey` reads it. */
  walletSince?: number | undefined;
};

const words: Record<TrustReason, string> = {
  ...reasonWords,
  noTrust: "nobody whom the anchors' trust reaches says anything about it",
  distrust: "more of the anchors' trust speaks against it than for it",
  score: "too little of the anchors' trust speaks for it",
};

/** What an amount is counted in, where it is not a score. */
const measures: Partial<Record<TrustReason, string>> = {
  age: "seconds",
  tenure: "seconds",
  keyAge: "seconds",
  silence: "seconds",
  support: "points",
  opposition: "points",
  anchors: "anchors",
};

/** What must not be exceeded; everything else must be reached. */
const atMost: readonly TrustReason[] = ["silence", "opposition"];

/** One thing that is not met, in numbers. */
type Fact = { reason: TrustReason; actual?: number | undefined; demanded?: number | undefined };

/**
 * Judges an identity by a platform's policy: what a contract behind a `TrustGate` demands, and how far the platform's own
 * trust reaches it. Says everything that is lacking, with what there is and what is needed.
 *
 * A profile does not say since when a wallet is one. Where it was asked for by a wallet's address and `minKeyAge` is
 * demanded, pass `walletSince`; without it the wallet counts as one of this moment, and is refused.
 *
 * @param profile - The identity, as `getProfile` reads it.
 * @param trust - What `solve` found over a graph of the same chain.
 * @param requirement - {@link TrustRequirement}
 * @param parameters - {@link EvaluateTrustParameters}
 * @returns Whether it is met, and if not, why.
 *
 * @example
 * const profile = await getProfile(client, { address: caller });
 * const { isMet, answer, unmet } = evaluateTrust(profile, trust, { minTenure: 604_800, minScore: 0.3 });
 */
export function evaluateTrust(
  profile: Profile,
  trust: Trust,
  requirement: TrustRequirement,
  { time = trust.graph.now, walletSince = time }: EvaluateTrustParameters = {},
): EvaluateTrustReturnType {
  validate(requirement);
  const score = scoreOf(trust, profile.id);
  const final = finalReason(profile);
  if (final !== undefined) return { isMet: false, answer: final, unmet: [unmetOf({ reason: final })], score };
  const anchors = countAnchors(trust, profile.id, requirement.anchors ?? []);
  const keySince = profile.role === "wallet" ? Math.max(profile.keySince, walletSince) : profile.keySince;
  const unmet = [
    ...unmetFacts(profile, requirement, { time, anchors, keySince }),
    ...unmetScore(score, requirement),
  ].map(unmetOf);
  return { isMet: unmet.length === 0, answer: answerOf(unmet), unmet, score };
}

function unmetScore({ score, verdict }: TrustScore, { minScore }: TrustRequirement): Fact[] {
  if (minScore === undefined || score >= minScore) return [];
  const fact = { actual: score, demanded: minScore };
  if (verdict === "unknown") return [{ reason: "noTrust", ...fact }];
  return [{ reason: verdict === "distrusted" ? "distrust" : "score", ...fact }];
}

function answerOf(unmet: readonly UnmetTrust[]): TrustAnswer {
  const has = (...reasons: TrustReason[]) => unmet.some(({ reason }) => reasons.includes(reason));
  if (unmet.length === 0) return "trusted";
  if (has("suspended")) return "suspended";
  if (has("opposition", "distrust")) return "distrusted";
  return has("noTrust") ? "unknown" : "insufficient";
}

function unmetOf({ reason, actual: have, demanded: need }: Fact): UnmetTrust {
  if (have === undefined || need === undefined) return { reason, have, need, words: words[reason] };
  const limit = atMost.includes(reason)
    ? `at most ${show(need, reason)} allowed`
    : `at least ${show(need, reason)} needed`;
  return { reason, have, need, words: `${words[reason]}: ${show(have, reason)}, and ${limit}` };
}

function show(value: number, reason: TrustReason): string {
  const measure = measures[reason];
  if (measure === undefined) return value.toFixed(3);
  return `${value} ${value === 1 ? measure.slice(0, -1) : measure}`;
}

/** Anchors that vouch for it and are active themselves, each once. */
function countAnchors(trust: Trust, id: number, anchors: readonly number[]): number {
  const { graph } = trust;
  const named = new Set(anchors);
  const isActive = (voucherId: number) => graph.status[graph.placeOf(voucherId)] === 0;
  return explain(trust, id).lines.filter(
    ({ voucherId, stance }) => stance === "for" && named.has(voucherId) && isActive(voucherId),
  ).length;
}

function validate(requirement: TrustRequirement): void {
  requireValid(requirement);
  const { minScore } = requirement;
  if (minScore !== undefined && !(minScore > -1 && minScore < 1)) {
    throw new InvalidParameterError({ parameter: "minScore", value: minScore, need: "a number above -1 and below 1" });
  }
}

import { reasonWords } from "../../codecs/reasons.ts";
import { InvalidRequirementError } from "../../errors/arguments.ts";
import { idOf } from "../../internal/validate.ts";
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
};

type Measure = "seconds" | "points" | "anchors" | "score" | undefined;
type Check = [isUnmet: boolean, reason: TrustReason, have?: number, need?: number, measure?: Measure, most?: "most"];

const words: Record<TrustReason, string> = {
  ...reasonWords,
  noTrust: "nobody whom the anchors' trust reaches says anything about it",
  distrust: "more of the anchors' trust speaks against it than for it",
  score: "too little of the anchors' trust speaks for it",
};

/**
 * Judges an identity by a platform's policy: what a contract behind a `TrustGate` demands, and how far the platform's own
 * trust reaches it. Says everything that is lacking, with what there is and what is needed.
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
  { time = trust.graph.now }: EvaluateTrustParameters = {},
): EvaluateTrustReturnType {
  validate(requirement);
  const score = scoreOf(trust, profile.id);
  const final = finalReason(profile);
  if (final !== undefined) return { isMet: false, answer: final, unmet: [unmetOf([true, final])], score };
  const anchors = countAnchors(trust, profile.id, requirement.anchors ?? []);
  const checks = [...gateChecks(profile, requirement, time, anchors), ...trustChecks(score, requirement)];
  const unmet = checks.filter(([isUnmet]) => isUnmet).map(unmetOf);
  return { isMet: unmet.length === 0, answer: answerOf(unmet), unmet, score };
}

/** A reason that makes every other question pointless. */
function finalReason({ role, status }: Profile): "formerKey" | "unknown" | "retired" | undefined {
  if (role === "former") return "formerKey";
  return status === "unknown" || status === "retired" ? status : undefined;
}

/** The same questions in the same order as `TrustGate`. */
function gateChecks(profile: Profile, requirement: Requirement, time: number, anchors: number): Check[] {
  const { minAge = 0, minTenure = 0, minKeyAge = 0, maxSilence = 0 } = requirement;
  const { minSupport = 0, maxOpposition = 0, minAnchors = 0 } = requirement;
  const { tenure, support, opposition } = profile;
  const [age, keyAge] = [time - profile.firstSeen, time - profile.keySince];
  const silence = time - profile.lastSeen;
  return [
    [profile.status === "suspended", "suspended"],
    [age < minAge, "age", age, minAge, "seconds"],
    [tenure < minTenure, "tenure", tenure, minTenure, "seconds"],
    [keyAge < minKeyAge, "keyAge", keyAge, minKeyAge, "seconds"],
    [maxSilence !== 0 && silence > maxSilence, "silence", silence, maxSilence, "seconds", "most"],
    [support < minSupport, "support", support, minSupport, "points"],
    [opposition > maxOpposition, "opposition", opposition, maxOpposition, "points", "most"],
    [anchors < minAnchors, "anchors", anchors, minAnchors, "anchors"],
  ];
}

function trustChecks({ score, verdict }: TrustScore, { minScore }: TrustRequirement): Check[] {
  if (minScore === undefined || score >= minScore) return [];
  if (verdict === "unknown") return [[true, "noTrust", score, minScore, "score"]];
  return [[true, verdict === "distrusted" ? "distrust" : "score", score, minScore, "score"]];
}

function answerOf(unmet: readonly UnmetTrust[]): TrustAnswer {
  const has = (...reasons: TrustReason[]) => unmet.some(({ reason }) => reasons.includes(reason));
  if (unmet.length === 0) return "trusted";
  if (has("suspended")) return "suspended";
  if (has("opposition", "distrust")) return "distrusted";
  return has("noTrust") ? "unknown" : "insufficient";
}

function unmetOf([, reason, have, need, measure, most]: Check): UnmetTrust {
  const amounts =
    measure === undefined ? "" : `: ${show(have, measure)}, and at ${most ?? "least"} ${show(need, measure)} needed`;
  return { reason, have, need, words: `${words[reason]}${most ? amounts.replace("needed", "allowed") : amounts}` };
}

function show(value: number | undefined, measure: Measure): string {
  if (value === undefined) return "";
  return measure === "score" ? value.toFixed(3) : `${value} ${value === 1 ? measure?.slice(0, -1) : measure}`;
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

function validate({ minScore, ...requirement }: TrustRequirement): void {
  for (const anchor of requirement.anchors ?? []) idOf(anchor, "anchors");
  for (const [field, width] of Object.entries(widths) as [keyof typeof widths, number][]) {
    const value = requirement[field];
    const most = 2 ** width - 1;
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= 0 && value <= most)) {
      throw new InvalidRequirementError({ field, value, most });
    }
  }
  if (minScore !== undefined && !(minScore > -1 && minScore < 1)) {
    throw new InvalidParameterError({ parameter: "minScore", value: minScore, need: "a number above -1 and below 1" });
  }
}

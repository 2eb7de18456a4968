import { reasonWords } from "../../codecs/reasons.ts";
import type { AnchorEdge } from "../../requirements/countAnchors.ts";
import { finalReason, judge } from "../../requirements/judge.ts";
import { requireValid } from "../../requirements/requireValid.ts";
import type { Requirement, UnmetReason } from "../../types/gate.ts";
import type { Profile } from "../../types/profile.ts";
import { InvalidParameterError } from "../engine/errors.ts";
import { explain } from "../engine/explain.ts";
import { statuses } from "../engine/graph.ts";
import { score as scoreOf, type TrustScore } from "../engine/score.ts";
import type { Trust } from "../engine/trust.ts";
import type { VoucherStatus } from "../engine/types.ts";

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
  actual: number | undefined;
  /** What is demanded: at least, for `silence` at most, for `opposition` and `anchorWarnings` less than that. */
  demanded: number | undefined;
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
  anchorWarnings: "anchors",
};

/** What must not be exceeded, and what must not be reached; everything else must be. */
const atMost: readonly TrustReason[] = ["silence"];
const below: readonly TrustReason[] = ["opposition", "anchorWarnings"];

/** One thing that is not met, in numbers. */
type Fact = { reason: TrustReason; actual?: number | undefined; demanded?: number | undefined };

/**
 * Judges an identity by a platform's policy: what a contract behind a `TrustGate` demands, and how far the platform's own
 * trust reaches it. Says everything that is lacking, with what there is and what is demanded.
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
 * const { isMet, answer, unmet } = evaluateTrust(profile, trust, { minTenure: 45 * 86_400, minScore: 0.3 });
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
  const edges = anchorEdges(trust, profile.id, requirement);
  const unmet = [...judge(profile, requirement, { time, edges, walletSince }), ...unmetScore(score, requirement)].map(
    unmetOf,
  );
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
  if (has("opposition", "anchorWarnings", "distrust")) return "distrusted";
  return has("noTrust") ? "unknown" : "insufficient";
}

function unmetOf({ reason, actual, demanded }: Fact): UnmetTrust {
  if (actual === undefined || demanded === undefined) return { reason, actual, demanded, words: words[reason] };
  const amount = show(demanded, reason);
  let limit = `at least ${amount} demanded`;
  if (atMost.includes(reason)) limit = `at most ${amount} allowed`;
  if (below.includes(reason)) limit = `fewer than ${amount} allowed`;
  return { reason, actual, demanded, words: `${words[reason]}: ${show(actual, reason)}, and ${limit}` };
}

function show(value: number, reason: TrustReason): string {
  const measure = measures[reason];
  if (measure === undefined) return value.toFixed(3);
  return `${value} ${value === 1 ? measure.slice(0, -1) : measure}`;
}

/** What anchors say of it, as the graph holds it: every edge of the graph counts now. */
function anchorEdges(trust: Trust, id: number, { anchors = [] }: TrustRequirement): AnchorEdge[] {
  const named = new Set(anchors);
  const edges = explain(trust, id).lines.filter(({ voucherId }) => named.has(voucherId));
  return edges.map(({ voucherId, stance, stake }) => {
    const voucherStatus = statuses[trust.graph.status[trust.graph.placeOf(voucherId)] as number] as VoucherStatus;
    return { stance, stake, voucherStatus, isActive: true };
  });
}

function validate(requirement: TrustRequirement): void {
  requireValid(requirement, ["minScore"]);
  const { minScore } = requirement;
  if (minScore !== undefined && !(minScore > -1 && minScore < 1)) {
    throw new InvalidParameterError({
      parameter: "minScore",
      value: minScore,
      demanded: "a number above -1 and below 1",
    });
  }
}

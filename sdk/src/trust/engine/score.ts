import type { EdgeView } from "./graph.ts";
import type { Trust } from "./trust.ts";
import type { TrustParameters } from "./types.ts";

/**
 * What a platform may take a score for. `unknown`: nobody whom trust reaches says anything about it. `supported`: more
 * trust flows for it than against it; `distrusted`: less; `contested`: as much. What is smaller than the error that the
 * trust was solved with counts as nothing.
 */
export type TrustVerdict = "unknown" | "supported" | "contested" | "distrusted";

/** What a score is made of. */
export type ScoreParts = {
  /** Trust that flows to it over vouches. */
  support: number;
  /** Trust that flows against it over warnings. */
  opposition: number;
  /** What it has as an anchor. */
  anchored: number;
};

/** How a platform's trust regards an identity. */
export type TrustScore = ScoreParts & {
  /** The identity. */
  id: number;
  /** Above -1 and below 1; 0 where unknown. */
  score: number;
  /** The answer in a word. */
  verdict: TrustVerdict;
  /** Trust that reaches it, and that it gives on: its share of all. */
  trust: number;
};

/**
 * Judges an identity by the trust that reaches it, for and against.
 *
 * @param trust - What `solve` found.
 * @param id - The identity.
 * @returns The score and what it is made of; an identity that the graph does not hold is unknown.
 *
 * @example
 * const { verdict, score: value } = score(trust, 42);
 */
export function score(trust: Trust, id: number): TrustScore {
  trust.requireCurrent();
  const place = trust.graph.placeOf(id);
  const edges = place === -1 ? [] : trust.graph.edgesTo(place);
  const parts = partsOf(trust, place, edges);
  return {
    id,
    ...judge(trust, parts),
    trust: place === -1 ? 0 : Math.max(trust.values[place] as number, 0),
    ...parts,
  };
}

/** The score of its parts, and the answer in a word. */
export function judge(trust: Trust, parts: ScoreParts): Pick<TrustScore, "score" | "verdict"> {
  const verdict = verdictOf(trust, parts);
  return { verdict, score: verdict === "unknown" ? 0 : ratioOf(parts, trust.graph.parameters) };
}

/** What a score is made of, summed in the order of the edges. */
export function partsOf(trust: Trust, place: number, edges: readonly EdgeView[]): ScoreParts {
  const parts = { support: 0, opposition: 0, anchored: trust.graph.parameters.alpha * trust.shareAt(place) };
  for (const { from, phi } of edges) {
    const flow = Math.max(trust.values[from] as number, 0) * phi;
    if (flow > 0) parts.support += flow;
    else parts.opposition -= flow;
  }
  return parts;
}

/** The score of its parts. */
export function ratioOf({ support, opposition, anchored }: ScoreParts, { lambda, kappa }: TrustParameters): number {
  const pro = support + anchored;
  const contra = lambda * opposition;
  // A zero without a sign.
  return (pro - contra) / (pro + contra + kappa) + 0;
}

function verdictOf({ graph, bound }: Trust, { support, opposition, anchored }: ScoreParts): TrustVerdict {
  const { lambda } = graph.parameters;
  if (support + anchored + opposition <= bound) return "unknown";
  const balance = support + anchored - lambda * opposition;
  if (Math.abs(balance) <= Math.max(1, lambda) * bound) return "contested";
  return balance > 0 ? "supported" : "distrusted";
}

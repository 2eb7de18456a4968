import { anchorsOf } from "./anchors.ts";
import { buildTrustGraph } from "./buildTrustGraph.ts";
import { InvalidParameterError, UnknownAnchorError } from "./errors.ts";
import type { TrustGraph } from "./graph.ts";
import { listEdges } from "./listEdges.ts";
import { listIdentities } from "./listIdentities.ts";
import { boundOf, measureResidual } from "./residual.ts";
import { type Anchor, Trust } from "./trust.ts";

/** Parameters of `solve`. */
export type SolveParameters = {
  /** Identities that the platform trusts itself: numbers, or with weights where some count more. */
  anchors: readonly (number | Anchor)[];
  /** How exact, at least: the most by which all trust together may be wrong. 1e-11 where left out, a millionth of kappa. */
  tolerance?: number | undefined;
};

/** What arithmetic in 53 bits can still tell apart. */
const FINEST = 1e-13;

/**
 * Lets trust flow from the anchors through a graph. The same graph and anchors give the same trust to the last bit.
 *
 * @param graph - The graph.
 * @param parameters - {@link SolveParameters}
 * @returns How much trust reaches each identity.
 *
 * @example
 * const trust = solve(graph, { anchors: [1, 2, 3] });
 * score(trust, 42).verdict; // "supported"
 */
export function solve(graph: TrustGraph, { anchors: given, tolerance = 1e-11 }: SolveParameters): Trust {
  const anchors = anchorsOf(given);
  for (const { id } of anchors) if (graph.placeOf(id) === -1) throw new UnknownAnchorError({ id });
  checkTolerance(tolerance, FINEST);
  return graph.version === 0 ? solveFor(graph, anchors, tolerance) : solveAnew(graph, anchors, tolerance);
}

function solveFor(graph: TrustGraph, anchors: readonly Anchor[], tolerance: number): Trust {
  const values = new Float64Array(graph.size);
  const source = new Float64Array(graph.size);
  for (const { id, weight } of anchors) source[graph.placeOf(id)] = graph.parameters.alpha * weight;
  flow(graph, source, values, tolerance);
  const trust = new Trust(graph, anchors, values, 0);
  trust.bound = boundOf(graph, measureResidual(trust));
  return trust;
}

/** A tolerance, if it is one. */
export function checkTolerance(value: number, least: number): void {
  if (value >= least && value < 1) return;
  throw new InvalidParameterError({ parameter: "tolerance", value, demanded: `a number from ${least} and below 1` });
}

/** A graph that was changed keeps its edges in the order in which they came; the sums are to be those of a fresh one. */
function solveAnew(graph: TrustGraph, anchors: readonly Anchor[], tolerance: number): Trust {
  const { parameters, now } = graph;
  const edges = listEdges(graph);
  const fresh = buildTrustGraph({ ...parameters, edges, identities: listIdentities(graph), now });
  const solved = solveFor(fresh, anchors, tolerance);
  const values = new Float64Array(graph.size);
  for (let place = 0; place < graph.size; place++) {
    values[place] = solved.values[fresh.placeOf(graph.ids[place] as number)] as number;
  }
  return new Trust(graph, anchors, values, solved.bound);
}

/**
 * Goes through all identities again and again, each time using what is newest of the others. Trust only rises towards
 * its exact value, and what is lacking after a round is at most `keep / alpha` times what the round added: each round
 * passes on at most `keep` of it.
 */
function flow(graph: TrustGraph, source: Float64Array, values: Float64Array, tolerance: number): void {
  const { start, from, phi } = graph.packed;
  const { alpha } = graph.parameters;
  const keep = 1 - alpha;
  // Half of what is allowed, as rounding needs some of it.
  const enough = (tolerance * alpha) / (2 * keep);
  for (let added = Number.POSITIVE_INFINITY, before = added; added > enough; before = added) {
    added = 0;
    for (let place = 0, edge = 0; place < values.length; place++) {
      const end = start[place + 1] as number;
      let inflow = 0;
      for (; edge < end; edge++) {
        const share = phi[edge] as number;
        if (share > 0) inflow += share * (values[from[edge] as number] as number);
      }
      const value = (source[place] as number) + keep * inflow;
      added += Math.abs(value - (values[place] as number));
      values[place] = value;
    }
    // Rounding is all that is left.
    if (added >= before && added < tolerance) return;
  }
}

import { ForeignTrustError, StaleTrustError } from "./errors.ts";
import type { TrustGraph } from "./graph.ts";
import type { Queue } from "./queue.ts";

/** An identity that a platform trusts itself, and its share of that. */
export type Anchor = {
  id: number;
  /** All weights are divided by their sum. */
  weight: number;
};

/** What is known of how far trust is from its exact value. */
export type Residual = {
  /** By how much each identity's trust misses what flows into it. */
  values: Float64Array;
  /** Their absolute values, added up. */
  sum: number;
  /** The most that rounding may have added to that. */
  rounding: number;
  /** Kept for the next change, as its memory is as large as the graph. */
  queue?: Queue;
};

/**
 * How much trust reaches each identity of a graph from some anchors. Made by `solve` and `mix`, kept current by `apply`;
 * to be read through `score`, `explain` and `trustOf`.
 */
export class Trust {
  /** The graph. */
  readonly graph: TrustGraph;
  /** The anchors, by their numbers, their weights summing to 1. */
  readonly anchors: readonly Anchor[];
  /** The most by which all trust together may differ from the exact solution. */
  bound: number;

  /** @internal */ values: Float64Array;
  /** @internal */ version: number;
  /** @internal */ residual: Residual | undefined;
  readonly #shares: ReadonlyMap<number, number>;

  /** @internal */
  constructor(graph: TrustGraph, anchors: readonly Anchor[], values: Float64Array, bound: number) {
    this.graph = graph;
    this.anchors = anchors;
    this.values = values;
    this.bound = bound;
    this.version = graph.version;
    this.#shares = new Map(anchors.map(({ id, weight }) => [graph.placeOf(id), weight]));
  }

  /** @internal The anchors' distribution at a place. */
  shareAt(place: number): number {
    return this.#shares.get(place) ?? 0;
  }

  /** @internal Refuses to answer for a graph that has changed. */
  requireCurrent(): void {
    if (this.version !== this.graph.version) throw new StaleTrustError();
  }

  /** @internal Refuses to be used with another graph. */
  requireOver(graph: TrustGraph): void {
    if (this.graph !== graph) throw new ForeignTrustError();
    this.requireCurrent();
  }
}

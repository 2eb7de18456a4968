import { grown } from "./grown.ts";
import { boundOf, measureResidual, ROUNDING } from "./residual.ts";
import type { Residual, Trust } from "./trust.ts";

/** Where a change lets more or less trust flow than before. */
export class Shifts {
  readonly from: number[] = [];
  readonly to: number[] = [];
  /** The change of the share. */
  readonly by: number[] = [];

  /** Notes an edge. Only vouches pass trust on. */
  note(from: number, to: number, before: number, after: number): void {
    const by = Math.max(after, 0) - Math.max(before, 0);
    if (by === 0) return;
    this.from.push(from);
    this.to.push(to);
    this.by.push(by);
  }
}

/** How small a part of the tolerance is left lying at first, and what share of that in the next attempt. */
const [COARSE, FINER, FINEST] = [2 ** -6, 2 ** -3, 2 ** -12];

/**
 * Keeps trust current. What an identity's trust misses is its *residual*: by linearity the exact trust is this trust plus
 * the trust that would flow if the residuals were the source. Moving a residual into the trust passes at most `1 - alpha`
 * of it on to others as theirs, so `sum of residuals / alpha` bounds the error of all trust together, and shrinks.
 */
export function push(trust: Trust, shifts: Shifts, tolerance: number): void {
  const { graph } = trust;
  const { alpha } = graph.parameters;
  trust.values = grown(trust.values, graph.size);
  const enough = tolerance * alpha;
  let residual = trust.residual;
  const seeds = new Set<number>();
  if (residual === undefined || residual.rounding > enough / 4) {
    residual = measureResidual(trust);
    for (const to of shifts.to) seeds.add(to);
  } else {
    residual.values = grown(residual.values, graph.size);
    for (let i = 0; i < shifts.to.length; i++) {
      const to = shifts.to[i] as number;
      const passed = (1 - alpha) * (trust.values[shifts.from[i] as number] as number) * (shifts.by[i] as number);
      add(residual, to, passed);
      // The shares of before and after were rounded, and their difference was.
      residual.rounding += 4 * ROUNDING * Math.abs(passed);
      seeds.add(to);
    }
  }
  trust.residual = residual;
  for (let least = enough * COARSE; least >= enough * FINEST && !isEnough(residual, enough); least *= FINER) {
    drain(trust, residual, seeds, least);
  }
  // What earlier changes left lying elsewhere has become too much: go through all, and well below what is enough.
  for (let least = enough * FINEST; !isEnough(residual, enough); least *= FINER) {
    const all = new Set<number>();
    for (let place = 0; place < graph.size; place++) {
      if (Math.abs(residual.values[place] as number) > least) all.add(place);
    }
    drain(trust, residual, all, least);
    if (least * graph.size < enough / 4) break;
  }
  trust.bound = boundOf(graph, residual);
}

function isEnough({ sum, rounding }: Residual, enough: number): boolean {
  return sum + rounding <= enough;
}

function add(residual: Residual, place: number, amount: number): void {
  const before = residual.values[place] as number;
  const after = before + amount;
  residual.values[place] = after;
  residual.sum += Math.abs(after) - Math.abs(before);
  residual.rounding += ROUNDING * (Math.abs(before) + Math.abs(after) + 4 * Math.abs(amount) + 2 * residual.sum);
}

/** Moves every residual above some least one into the trust, in the order in which they come up. */
function drain(trust: Trust, residual: Residual, touched: Set<number>, least: number): void {
  const { graph, values } = trust;
  const { packed, packedSize, laterOut, out } = graph;
  const keep = 1 - graph.parameters.alpha;
  const isOver = (place: number) => Math.abs(residual.values[place] as number) > least;
  let round = [...touched].filter(isOver);
  while (round.length > 0) {
    const next = new Set<number>();
    for (const place of round) {
      const amount = residual.values[place] as number;
      const value = (values[place] as number) + amount;
      values[place] = value;
      residual.values[place] = 0;
      residual.sum -= Math.abs(amount);
      residual.rounding += ROUNDING * (2 * Math.abs(value) + 2 * residual.sum);
      const pass = (to: number, phi: number) => {
        if (phi <= 0) return;
        add(residual, to, keep * phi * amount);
        touched.add(to);
        if (isOver(to)) next.add(to);
      };
      if (place < packedSize) {
        for (let i = out.start[place] as number; i < (out.start[place + 1] as number); i++) {
          pass(out.to[i] as number, packed.phi[out.edge[i] as number] as number);
        }
      }
      for (const { to, phi } of laterOut.get(place) ?? []) pass(to, phi);
    }
    round = [...next].filter(isOver);
  }
}

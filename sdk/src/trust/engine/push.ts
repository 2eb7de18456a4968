import { grown } from "./grown.ts";
import { Queue } from "./queue.ts";
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
const [COARSE, FINER, FINEST] = [2 ** -5, 2 ** -2, 2 ** -11];
/** How far below the tolerance a sweep over all identities goes, so that it is not needed again soon. */
const SPARE = 0.5;

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
  if (residual === undefined || residual.rounding > enough / 4) {
    residual = measureResidual(trust);
  } else {
    residual.values = grown(residual.values, graph.size);
    for (let i = 0; i < shifts.to.length; i++) {
      const passed = (1 - alpha) * (trust.values[shifts.from[i] as number] as number) * (shifts.by[i] as number);
      add(residual, shifts.to[i] as number, passed);
      // The shares of before and after were rounded, and their difference was.
      residual.rounding += 4 * ROUNDING * Math.abs(passed);
    }
  }
  trust.residual = residual;
  residual.queue ??= new Queue();
  const { queue } = residual;
  queue.open(graph.size);
  for (let least = enough * COARSE; least >= enough * FINEST && !isEnough(residual, enough); least *= FINER) {
    for (const place of shifts.to) if (isOver(residual, place, least)) queue.put(place);
    for (const place of queue.seen) if (isOver(residual, place, least)) queue.put(place);
    drain(trust, residual, queue, least, enough);
  }
  if (!isEnough(residual, enough)) sweep(trust, residual, queue, enough * SPARE);
  trust.bound = boundOf(graph, residual);
}

/** What earlier changes left lying elsewhere has become too much: goes through all. */
function sweep(trust: Trust, residual: Residual, queue: Queue, enough: number): void {
  const { size } = trust.graph;
  for (let least = residual.sum / size; !isEnough(residual, enough); least *= FINER) {
    for (let place = 0; place < size; place++) if (isOver(residual, place, least)) queue.put(place);
    drain(trust, residual, queue, least, enough);
    // So little at each that all together is enough, and rounding is what remains.
    if (least * size < enough / 4) return;
  }
}

function isEnough({ sum, rounding }: Residual, enough: number): boolean {
  return sum + rounding <= enough;
}

function isOver(residual: Residual, place: number, least: number): boolean {
  return Math.abs(residual.values[place] as number) > least;
}

function add(residual: Residual, place: number, amount: number): void {
  const before = residual.values[place] as number;
  const after = before + amount;
  residual.values[place] = after;
  residual.sum += Math.abs(after) - Math.abs(before);
  residual.rounding += ROUNDING * (Math.abs(before) + Math.abs(after) + 4 * Math.abs(amount) + 2 * residual.sum);
}

/** Moves residuals above some least one into the trust, in the order in which they come up, until it is enough. */
function drain(trust: Trust, residual: Residual, queue: Queue, least: number, enough: number): void {
  const { graph, values } = trust;
  const { packed, packedSize, laterOut, out } = graph;
  const keep = 1 - graph.parameters.alpha;
  for (let place = queue.take(); place !== undefined; place = queue.take()) {
    const amount = residual.values[place] as number;
    if (isEnough(residual, enough) || Math.abs(amount) <= least) continue;
    const value = (values[place] as number) + amount;
    values[place] = value;
    residual.values[place] = 0;
    residual.sum -= Math.abs(amount);
    residual.rounding += ROUNDING * (2 * Math.abs(value) + 2 * residual.sum);
    const end = place < packedSize ? (out.start[place + 1] as number) : 0;
    for (let i = place < packedSize ? (out.start[place] as number) : 0; i < end; i++) {
      const phi = packed.phi[out.edge[i] as number] as number;
      if (phi <= 0) continue;
      const to = out.to[i] as number;
      add(residual, to, keep * phi * amount);
      if (isOver(residual, to, least)) queue.put(to);
    }
    for (const { to, phi } of laterOut.get(place) ?? []) {
      if (phi <= 0) continue;
      add(residual, to, keep * phi * amount);
      if (isOver(residual, to, least)) queue.put(to);
    }
  }
}

import { explain, score, type Trust, trustOf } from "@tenure/sdk/trust";
import { median } from "./metrics.ts";
import { flowOver, membersOf, type Network, type Rating } from "./network.ts";
import { below, randomOf, sample } from "./random.ts";
import { betaReputation, degree } from "./rivals/counting.ts";
import { fairnessGoodness } from "./rivals/fairnessGoodness.ts";
import { pageRank } from "./rivals/walks.ts";

/** How sybils vouch for each other: all at random, all for one, one for all, each for the next. */
export const shapes = ["mesh", "boost", "fan", "ring"] as const;
export type Shape = (typeof shapes)[number];

/** Whom ten attack edges come from: ten of the hundred most trusted who are not anchors, or just anybody. */
export type Fooled = "most trusted" | "anybody";

export interface SybilRow {
  network: string;
  fooled: Fooled;
  shape: Shape;
  sybils: number;
  attackEdges: number;
  /** Share of all trust that the sybils have, in percent. */
  stolen: string;
  /** What the bound allows them, in percent. */
  bound: string;
  /** Sybils that score more than the median of the honest who are not anchors. */
  aboveMedian: number;
  /** Place of the best sybil among all, from 1, and among how many. */
  bestRank: number;
  of: number;
}

export interface RivalRow {
  method: string;
  /** Share of all reputation above zero that the sybils have, in percent. */
  share: string;
}

export const SYBIL_SEED = 7;
export const ATTACK_EDGES = 10;

const settings: readonly (readonly [sybils: number, fooled: Fooled])[] = [
  [100, "most trusted"],
  [1_000, "most trusted"],
  [10_000, "most trusted"],
  [10_000, "anybody"],
];
const MOST_TRUSTED = 100;
/** What a fooled one says of a sybil: the best that can be said. */
const PRAISE = 10;
const LINKS = 10;

/** A network with sybils, as old as anybody, and a few honest ones that are fooled. */
export interface Attack {
  network: Network;
  sybils: number[];
  honest: number[];
}

export function attackOn(honest: Network, shape: Shape, count: number, fooled: Fooled = "most trusted"): Attack {
  const random = randomOf(SYBIL_SEED);
  const members = membersOf(honest);
  const first = (members.at(-1) ?? 0) + 1;
  const sybils = Array.from({ length: count }, (_, i) => first + i);
  const time = honest.now - 400 * 86_400;
  const anchors = new Set(honest.anchors);
  const clean = flowOver(honest);
  const trusted = members
    .filter((id) => !anchors.has(id))
    .sort((a, b) => trustOf(clean, b) - trustOf(clean, a) || a - b);
  // Where one sybil passes everything on, it is the one that is vouched for.
  const entries = sybils.slice(0, shape === "fan" ? 1 : Math.min(ATTACK_EDGES, count));
  const attack = sample(random, fooled === "anybody" ? trusted : trusted.slice(0, MOST_TRUSTED), ATTACK_EDGES).map(
    (from, i) => ({
      from,
      to: entries[i % entries.length] as number,
      rating: PRAISE,
      time,
    }),
  );
  const ratings = [...honest.ratings, ...attack, ...linksOf(shape, sybils, random, time)];
  return { network: { ...honest, ratings }, sybils, honest: members.filter((id) => !anchors.has(id)) };
}

function linksOf(shape: Shape, sybils: readonly number[], random: () => number, time: number): Rating[] {
  const [boss = 0, ...crowd] = sybils;
  const link = (from: number, to: number): Rating => ({ from, to, rating: 10, time });
  if (shape === "boost") return crowd.map((id) => link(id, boss));
  if (shape === "fan") return crowd.map((id) => link(boss, id));
  if (shape === "ring") return sybils.map((id, i) => link(id, sybils[(i + 1) % sybils.length] as number));
  return sybils.flatMap((id) => {
    const friends = new Set(Array.from({ length: LINKS }, () => sybils[below(random, sybils.length)] as number));
    friends.delete(id);
    return [...friends].map((friend) => link(id, friend));
  });
}

/** Trust that flows from outside into a group. */
function crossing(trust: Trust, group: readonly number[]): number {
  const inside = new Set(group);
  let flows = 0;
  for (const id of group) {
    for (const { voucherId, stance, flow } of explain(trust, id).lines) {
      if (stance === "for" && !inside.has(voucherId)) flows += flow;
    }
  }
  return flows;
}

export function measureSybils(honest: Network): SybilRow[] {
  const rows: SybilRow[] = [];
  for (const shape of shapes) {
    for (const [count, fooled] of settings) {
      const { network, sybils, honest: others } = attackOn(honest, shape, count, fooled);
      const trust = flowOver(network);
      const { alpha } = trust.graph.parameters;
      const all = membersOf(network);
      const sum = all.reduce((total, id) => total + trustOf(trust, id), 0);
      const stolen = sybils.reduce((total, id) => total + trustOf(trust, id), 0);
      const most = ((1 - alpha) / alpha) * crossing(trust, sybils);
      if (stolen > most + trust.bound) throw new Error(`${shape}, ${count} sybils: ${stolen} stolen, ${most} allowed`);
      const middle = median(others.map((id) => score(trust, id).score));
      const scores = new Map(all.map((id) => [id, score(trust, id).score]));
      const best = Math.max(...sybils.map((id) => scores.get(id) ?? 0));
      rows.push({
        network: honest.name,
        fooled,
        shape,
        sybils: count,
        attackEdges: ATTACK_EDGES,
        stolen: ((100 * stolen) / sum).toFixed(4),
        bound: ((100 * most) / sum).toFixed(4),
        aboveMedian: sybils.filter((id) => (scores.get(id) ?? 0) > middle).length,
        bestRank: 1 + [...scores.values()].filter((value) => value > best).length,
        of: all.length,
      });
    }
  }
  return rows;
}

/** What other ways of counting give the same sybils. */
export function measureRivals(honest: Network): RivalRow[] {
  const { network, sybils } = attackOn(honest, "mesh", 10_000);
  const trust = flowOver(network);
  const methods: [string, (id: number) => number][] = [
    ["vouches received", readerOf(degree(network))],
    ["beta reputation", readerOf(betaReputation(network))],
    ["fairness and goodness", readerOf(fairnessGoodness(network))],
    ["personalised PageRank", readerOf(pageRank(network))],
    ["flow", (id) => trustOf(trust, id)],
  ];
  const all = membersOf(network);
  return methods.map(([method, value]) => {
    const sum = (ids: readonly number[]) => ids.reduce((total, id) => total + Math.max(0, value(id)), 0);
    return { method, share: ((100 * sum(sybils)) / sum(all)).toFixed(2) };
  });
}

function readerOf(scores: ReadonlyMap<number, number>): (id: number) => number {
  return (id) => scores.get(id) ?? 0;
}

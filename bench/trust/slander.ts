import { score } from "@tenure/sdk/trust";
import { median, percentile } from "./metrics.ts";
import { flowOver, type Network } from "./network.ts";
import { randomOf, sample } from "./random.ts";
import { attackOn, SYBIL_SEED } from "./sybils.ts";

export interface SlanderRow {
  network: string;
  sybils: number;
  lambda: number;
  /** Median percentile of the victims among the honest, before and after. */
  before: string;
  after: string;
  /** Victims that are distrusted afterwards. */
  distrusted: number;
  victims: number;
}

const VICTIMS = 20;

/**
 * Sybils who vouch for each other, some of whom are vouched for by ten honest ones, and who all warn about twenty of the
 * honest that rank around the 90th percentile, as hard as they can.
 */
export function measureSlander(honest: Network): SlanderRow[] {
  const rows: SlanderRow[] = [];
  for (const sybilCount of [100, 1_000]) {
    for (const lambda of [1, 0.5]) {
      const { network, sybils, honest: others } = attackOn(honest, "mesh", sybilCount);
      const clean = flowOver(honest, { lambda });
      const ranked = [...others].sort((a, b) => score(clean, a).score - score(clean, b).score || a - b);
      const band = ranked.slice(Math.floor(0.88 * ranked.length), Math.ceil(0.92 * ranked.length));
      const victims = sample(randomOf(SYBIL_SEED), band, VICTIMS);
      const warnings = sybils.flatMap((from) =>
        victims.map((to) => ({ from, to, rating: -10, time: honest.now - 400 * 86_400 })),
      );
      const slandered = flowOver({ ...network, ratings: [...network.ratings, ...warnings] }, { lambda });
      const rank = (trust: typeof clean) => {
        const scores = others.map((id) => score(trust, id).score);
        return median(victims.map((id) => percentile(scores, score(trust, id).score)));
      };
      rows.push({
        network: honest.name,
        sybils: sybilCount,
        lambda,
        before: rank(clean).toFixed(1),
        after: rank(slandered).toFixed(1),
        distrusted: victims.filter((id) => score(slandered, id).verdict === "distrusted").length,
        victims: VICTIMS,
      });
    }
  }
  return rows;
}

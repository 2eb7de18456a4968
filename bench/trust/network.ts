import { buildTrustGraph, solve, type Trust, type TrustParameters } from "@tenure/sdk/trust";
import { below, randomOf, sample } from "./random.ts";

/** Who rated whom: below zero is a bad rating. */
export interface Rating {
  from: number;
  to: number;
  rating: number;
  /** Unix seconds. */
  time: number;
}

/** A web of trust, with those in it that a platform trusts itself. */
export interface Network {
  name: string;
  ratings: Rating[];
  anchors: number[];
  now: number;
}

const DAY = 86_400;

/** Every identity of a network, ascending. */
export function membersOf({ ratings, anchors }: Network): number[] {
  return [...new Set([...ratings.flatMap(({ from, to }) => [from, to]), ...anchors])].sort((a, b) => a - b);
}

/**
 * Budgeted flow over data without standing: what is rated is staked, and the standing is one more than all of it.
 */
export function flowOver(network: Network, parameters: Partial<TrustParameters> = {}): Trust {
  const standing = new Map(membersOf(network).map((id) => [id, 1]));
  for (const { from, rating } of network.ratings) standing.set(from, (standing.get(from) ?? 1) + Math.abs(rating));
  const graph = buildTrustGraph({
    ...parameters,
    edges: network.ratings.map(({ from, to, rating, time }) => ({
      voucherId: from,
      subjectId: to,
      stake: Math.abs(rating),
      since: time,
      stance: rating < 0 ? "against" : "for",
    })),
    identities: [...standing].map(([id, value]) => ({ id, standing: value })),
    now: network.now,
  });
  return solve(graph, { anchors: network.anchors });
}

/** The seed of the honest network. */
export const HONEST_SEED = 20_260_101;
const HONEST = 5_000;
const ANCHORS = 20;

/**
 * An honest network that anybody can make: 5,000 identities that come one after the other over two years, each rating up
 * to ten that were there before, more often those that are rated often, one in twenty times badly, and rated back half of the
 * time.
 */
export function honestNetwork(): Network {
  const random = randomOf(HONEST_SEED);
  const now = 1_800_000_000;
  const ratings: Rating[] = [];
  const popular: number[] = [1];
  const seen = new Set<number>();
  const rate = (from: number, to: number, time: number) => {
    const key = from * (HONEST + 1) + to;
    if (from === to || seen.has(key)) return;
    seen.add(key);
    ratings.push({ from, to, rating: random() < 0.05 ? -1 - below(random, 10) : 1 + below(random, 5), time });
    popular.push(to);
  };
  for (let id = 2; id <= HONEST; id++) {
    const time = now - Math.floor(((HONEST - id) / HONEST) * 730 * DAY);
    const friends = 1 + below(random, 10);
    for (let i = 0; i < friends; i++) {
      const to = random() < 0.3 ? 1 + below(random, id - 1) : (popular[below(random, popular.length)] as number);
      rate(id, to, time);
      if (random() < 0.5) rate(to, id, time);
    }
  }
  const anchors = sample(
    random,
    Array.from({ length: 200 }, (_, i) => i + 1),
    ANCHORS,
  ).sort((a, b) => a - b);
  return { name: "made up", ratings, anchors, now };
}

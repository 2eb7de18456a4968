import { membersOf, type Network } from "../network.ts";

/** How many vouch for each: the simplest reputation. */
export function degree(network: Network): Map<number, number> {
  const scores = new Map(membersOf(network).map((id) => [id, 0]));
  for (const { to, rating } of network.ratings) if (rating > 0) scores.set(to, (scores.get(to) ?? 0) + 1);
  return scores;
}

/** The mean of each one's ratings; 0 without any. */
export function meanRating(network: Network): Map<number, number> {
  const sums = new Map(membersOf(network).map((id) => [id, { sum: 0, count: 0 }]));
  for (const { to, rating } of network.ratings) {
    const entry = sums.get(to);
    if (entry === undefined) continue;
    entry.sum += rating;
    entry.count++;
  }
  return new Map([...sums].map(([id, { sum, count }]) => [id, count === 0 ? 0 : sum / count]));
}

/** The mean of a beta distribution over points for and against, one each beforehand (Jøsang and Ismail, 2002). */
export function betaReputation(network: Network): Map<number, number> {
  const sums = new Map(membersOf(network).map((id) => [id, { pro: 1, contra: 1 }]));
  for (const { to, rating } of network.ratings) {
    const entry = sums.get(to);
    if (entry === undefined) continue;
    if (rating > 0) entry.pro += rating;
    else entry.contra -= rating;
  }
  return new Map([...sums].map(([id, { pro, contra }]) => [id, pro / (pro + contra) - 0.5]));
}

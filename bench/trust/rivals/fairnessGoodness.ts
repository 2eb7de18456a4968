import { membersOf, type Network } from "../network.ts";

const ROUNDS = 100;
const MOST = 10;

/**
 * Goodness: what the fair say of each; fairness: how close each is to that (Kumar, Spezzano, Subrahmanian and Faloutsos,
 * 2016). Needs no anchors.
 */
export function fairnessGoodness(network: Network): Map<number, number> {
  const members = membersOf(network);
  const places = new Map(members.map((id, i) => [id, i]));
  const ratings = network.ratings.map(({ from, to, rating }) => ({
    from: places.get(from) ?? 0,
    to: places.get(to) ?? 0,
    weight: rating / MOST,
  }));
  const [given, received] = [new Float64Array(members.length), new Float64Array(members.length)];
  for (const { from, to } of ratings) {
    given[from] = (given[from] as number) + 1;
    received[to] = (received[to] as number) + 1;
  }
  const fairness = new Float64Array(members.length).fill(1);
  let goodness = new Float64Array(members.length).fill(1);
  for (let round = 0; round < ROUNDS; round++) {
    const sums = new Float64Array(members.length);
    for (const { from, to, weight } of ratings) sums[to] = (sums[to] as number) + (fairness[from] as number) * weight;
    goodness = sums.map((sum, i) => (received[i] === 0 ? 0 : sum / (received[i] as number)));
    const errors = new Float64Array(members.length);
    for (const { from, to, weight } of ratings) {
      errors[from] = (errors[from] as number) + Math.abs(weight - (goodness[to] as number)) / 2;
    }
    for (let i = 0; i < members.length; i++) {
      fairness[i] = given[i] === 0 ? 1 : 1 - (errors[i] as number) / (given[i] as number);
    }
  }
  return new Map(members.map((id, i) => [id, goodness[i] as number]));
}

// Run by `speed.ts`: builds, solves and changes one large graph, and prints what that costs.
import { apply, buildTrustGraph, solve, type TrustGraph, trustOf } from "@tenure/sdk/trust";
import { below, randomOf } from "./random.ts";
import { SPEED_SEED, type Speed } from "./speed.ts";

const [size = 0, count = 0] = process.argv.slice(2).map(Number);
const UPDATES = 2_000;
const NOW = 1_800_000_000;
const YEAR = 365 * 86_400;
const random = randomOf(SPEED_SEED);
const degree = Math.round(count / size);

/** Few receive many vouches: the square of an even number. */
const subject = () => 1 + Math.floor(size * random() ** 2);

const voucherIds = new Uint32Array(size * degree);
const subjectIds = new Uint32Array(size * degree);
const stakes = new Float64Array(size * degree);
const since = new Float64Array(size * degree);
const against = new Uint8Array(size * degree);
for (let id = 1, edge = 0; id <= size; id++) {
  const friends = new Set<number>();
  while (friends.size < degree) {
    const friend = subject();
    if (friend !== id) friends.add(friend);
  }
  for (const friend of friends) {
    voucherIds[edge] = id;
    subjectIds[edge] = friend;
    stakes[edge] = 1 + below(random, 100);
    since[edge] = NOW - below(random, YEAR);
    against[edge] = random() < 0.05 ? 1 : 0;
    edge++;
  }
}
const ids = Float64Array.from({ length: size }, (_, i) => i + 1);
const standings = Float64Array.from({ length: size }, () => 1 + below(random, 1_000));
const anchors = Array.from({ length: 10 }, () => 1 + below(random, size)).filter((id, i, all) => all.indexOf(id) === i);

const seconds = () => performance.now() / 1_000;
globalThis.gc?.();
const started = seconds();
const graph = buildTrustGraph({
  edges: { voucherIds, subjectIds, stakes, since, against },
  identities: { ids, standings },
  now: NOW,
});
const built = seconds();
const trust = solve(graph, { anchors });
const solved = seconds();
const arrays = bytesOf(graph) + trust.values.byteLength;

// The first change makes the index by voucher and measures what the solution left; the others are the rule.
const times: number[] = [];
for (let i = 0; i <= UPDATES; i++) {
  const voucherId = 1 + below(random, size);
  const subjectId = subject();
  if (voucherId === subjectId) continue;
  const edge = { voucherId, subjectId, stake: 1 + below(random, 100), since: NOW };
  const before = performance.now();
  apply(graph, { edges: [edge], trusts: [trust] });
  if (i > 0) times.push(performance.now() - before);
}
times.sort((a, b) => a - b);
const peak = process.resourceUsage().maxRSS / 1_024;

// To compare is to solve again, which for the largest would take the memory of two.
let isWithinBound = true;
if (size <= 100_000) {
  const anew = solve(graph, { anchors });
  let difference = 0;
  for (let id = 1; id <= size; id++) difference += Math.abs(trustOf(anew, id) - trustOf(trust, id));
  isWithinBound = difference <= anew.bound + trust.bound;
}

const speed: Speed = {
  identities: size,
  edges: size * degree,
  build: built - started,
  solve: solved - built,
  arrays: (arrays / 1e6).toFixed(1),
  peak,
  updates: UPDATES,
  mean: times.reduce((sum, time) => sum + time, 0) / times.length,
  slow: times[Math.floor(times.length * 0.99)] as number,
  isWithinBound,
};
console.log(JSON.stringify(speed));

/** Every typed array that hangs on a graph. */
function bytesOf(value: TrustGraph): number {
  const { packed, ids, standing, status, staked } = value;
  const arrays = [...Object.values(packed), ids, standing, status, staked];
  return arrays.reduce((sum, { byteLength }) => sum + byteLength, 0);
}

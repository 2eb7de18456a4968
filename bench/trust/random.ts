/** Numbers from 0 to 1 that are the same for the same seed, on every machine (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from 0, below some other. */
export const below = (random: () => number, most: number) => Math.floor(random() * most);

/** So many different ones of a list, in a random order. */
export function sample<item>(random: () => number, list: readonly item[], count: number): item[] {
  const pool = [...list];
  for (let i = 0; i < Math.min(count, pool.length); i++) {
    const j = i + below(random, pool.length - i);
    [pool[i], pool[j]] = [pool[j] as item, pool[i] as item];
  }
  return pool.slice(0, count);
}

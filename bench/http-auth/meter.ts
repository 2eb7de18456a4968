/** What one way of doing something takes. */
export interface Rate {
  way: string;
  /** Microseconds of CPU for each, user's and kernel's, of this process. */
  cpu: number;
}

/** Times each way is run: the best counts, as others use the machine too. */
const ROUNDS = 5;

/** Runs a way some hundred times a round. Whoever it is asks for what it needs beforehand: only `act` is counted. */
export async function rate(way: string, count: number, act: (index: number) => unknown): Promise<Rate> {
  let best = Number.POSITIVE_INFINITY;
  // The first round is for the compiler.
  for (let round = 0; round <= ROUNDS; round++) {
    const before = process.cpuUsage();
    for (let index = 0; index < count; index++) await act(round * count + index);
    const { user, system } = process.cpuUsage(before);
    if (round > 0) best = Math.min(best, (user + system) / count);
  }
  return { way, cpu: best };
}

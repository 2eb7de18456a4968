import { spawnSync } from "node:child_process";
import path from "node:path";

/** What one size costs. Times are those of the machine; the rest is the same on every one. */
export interface Speed {
  identities: number;
  edges: number;
  /** Seconds. */
  build: number;
  solve: number;
  /** Megabytes of the graph's and the trust's arrays, counted. */
  arrays: string;
  /** Megabytes that the process had at most, with the edges that it was given. */
  peak: number;
  /** How many vouches were changed one by one. */
  updates: number;
  /** Milliseconds for one change: mean, and that of the slowest of a hundred. */
  mean: number;
  slow: number;
  /** By how much all trust together then differed from a new solution, as a share of what the bounds allow; below 1. */
  isWithinBound: boolean;
}

export const SPEED_SEED = 99;

/** Measures one size in a process of its own, so that its memory is its own. */
export function measureSpeed(identities: number, edges: number): Speed {
  const child = path.join(import.meta.dirname, "speedChild.ts");
  const args = ["--expose-gc", "--disable-warning=ExperimentalWarning", "--max-old-space-size=6000", child];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...args, `${identities}`, `${edges}`], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Speed;
}

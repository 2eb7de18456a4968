import { spawn } from "node:child_process";
import path from "node:path";
import { text } from "node:stream/consumers";

/** Microseconds of CPU that `watchEvents` may take for an event, besides what asking for it takes. */
export const FOLLOWING_GOAL = 45;

/** What following took in one way. */
export interface Following {
  way: string;
  /** Microseconds of CPU for an event, user's and kernel's, from the first request to the last event. */
  cpu: number;
}

/** The first only asks for the logs and parses the answers, as viem does it for all of them. */
const WAYS = ["eth_getLogs alone", "viem's getLogs, decoded", "watchEvents"];

/** Follows the same events in several ways, each in a process of its own, so that what the node does is not counted. */
export async function measureFollowing(url: string, events: number): Promise<Following[]> {
  const found: Following[] = [];
  for (const way of WAYS) found.push(await follow(url, way, events));
  return found;
}

/** What an event takes besides asking for it, in each way. */
export function ownOf(followings: readonly Following[]): ReadonlyMap<string, number> {
  const [asking] = followings;
  return new Map(followings.map(({ way, cpu }) => [way, Math.max(0, cpu - (asking?.cpu ?? 0))]));
}

async function follow(url: string, way: string, events: number): Promise<Following> {
  const child = path.join(import.meta.dirname, "followingChild.ts");
  const options = ["--disable-warning=ExperimentalWarning", child, url, way, `${events}`];
  // Not awaited by blocking: Hardhat's node is in this process, and has to answer.
  const running = spawn(process.execPath, options, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => running.once("close", resolve));
  const output = await text(running.stdout);
  const status = await ended;
  if (status !== 0) throw new Error(`${way}: ended with status ${status}`);
  return JSON.parse(output) as Following;
}

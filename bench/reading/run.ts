import { readChecks } from "./checks.ts";
import { gatherCrowd } from "./crowd.ts";
import { EVENTS, readEdges } from "./edges.ts";
import { type Following, measureFollowing } from "./following.ts";
import type { Reading } from "./meter.ts";
import { nodes } from "./nodes.ts";
import { readProfiles } from "./profiles.ts";

/** What reading the crowd took on one node. */
export interface Readings {
  node: string;
  profiles: Reading[];
  edges: Reading[];
  checks: Reading[];
  following: Following[];
}

export async function measureReading(): Promise<Readings[]> {
  const measured: Readings[] = [];
  for (const { node, isInstalled, start } of nodes) {
    if (!isInstalled()) {
      console.log(`${node}: not installed, so its committed table stays; \`npm run ${node}:install\` installs it`);
      continue;
    }
    const { url, close } = await start();
    try {
      await gatherCrowd(url);
      measured.push({
        node,
        profiles: await readProfiles(url),
        edges: await readEdges(url),
        checks: await readChecks(url),
        following: await measureFollowing(url, EVENTS),
      });
    } finally {
      await close();
    }
  }
  return measured;
}

import { type DeploymentParameters, getParameters } from "@tenure/sdk";
import type { ReadClient } from "./connect.ts";

/** How the registry counts periods, and how many points there are at most. */
export async function readClock(client: ReadClient): Promise<DeploymentParameters> {
  return getParameters(client);
}

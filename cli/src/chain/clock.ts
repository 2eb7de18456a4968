import { getRegistryAddress, type PeriodClock, vouchRegistryAbi } from "@tenure/sdk";
import { readContract } from "viem/actions";
import type { ReadClient } from "./connect.ts";

/** How the registry counts periods, and how many points there are at most. */
export async function readClock(client: ReadClient): Promise<PeriodClock & { cap: number }> {
  const registry = { address: getRegistryAddress(client, "vouchRegistry"), abi: vouchRegistryAbi } as const;
  const [origin, period, cap] = await Promise.all([
    readContract(client, { ...registry, functionName: "origin" }),
    readContract(client, { ...registry, functionName: "period" }),
    readContract(client, { ...registry, functionName: "cap" }),
  ]);
  return { origin, period, cap };
}

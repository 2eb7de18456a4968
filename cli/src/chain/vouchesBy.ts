import { getRegistryAddress, getVouch, type Vouch, vouchRegistryAbi } from "@tenure/sdk";
import { readContract } from "viem/actions";
import type { ReadClient } from "./connect.ts";

/** What an identity staked on others, newest first: the SDK's `getVouch` decodes, the registry's list says whom. */
export async function readVouchesBy(client: ReadClient, voucherId: number, limit: number): Promise<Vouch[]> {
  const registry = { address: getRegistryAddress(client, "vouchRegistry"), abi: vouchRegistryAbi } as const;
  const vouches: Vouch[] = [];
  let cursor = 0n;
  do {
    const size = BigInt(Math.min(100, limit - vouches.length));
    const args = [BigInt(voucherId), cursor, size] as const;
    const [page, next] = await readContract(client, { ...registry, functionName: "vouchesBy", args });
    const subjects = page.map(({ subjectId }) => Number(subjectId));
    vouches.push(...(await Promise.all(subjects.map((subjectId) => getVouch(client, { voucherId, subjectId })))));
    cursor = next;
  } while (cursor !== 0n && vouches.length < limit);
  return vouches;
}

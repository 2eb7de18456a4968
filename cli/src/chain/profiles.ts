import { getProfiles, getRegistryAddress, identityRegistryAbi, type Profile } from "@tenure/sdk";
import { getBlock, readContract } from "viem/actions";
import { waiting } from "../view/progress.ts";
import type { ReadClient } from "./connect.ts";

/** So many the SDK reads in one call, where the node allows it. */
const PAGE = 1_000;

/** The moment at which all are read: pages of several blocks would not add up. */
export type Moment = { blockNumber: bigint; time: number; total: number };

/** Now, and how many were ever registered: they are numbered from 1 without a gap. */
export async function thisMoment(client: ReadClient): Promise<Moment> {
  const { number: blockNumber, timestamp } = await waiting("Reading", getBlock(client));
  const address = getRegistryAddress(client, "identityRegistry");
  const call = { address, abi: identityRegistryAbi, functionName: "totalRegistered", blockNumber } as const;
  return { blockNumber, time: Number(timestamp), total: Number(await waiting("Reading", readContract(client, call))) };
}

/** Every profile from a number on, page by page: never more than a page of them is held. */
export async function* walkProfiles(
  client: ReadClient,
  { blockNumber, total }: Moment,
  { from, page = PAGE }: { from: number; page?: number },
): AsyncGenerator<Profile> {
  for (let first = from; first <= total; first += page) {
    const ids = Array.from({ length: Math.min(page, total - first + 1) }, (_, index) => first + index);
    yield* await waiting(`Reading ${first} of ${total}`, getProfiles(client, { ids, blockNumber }));
  }
}

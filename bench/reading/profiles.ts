import { getIdentity, getProfile, getProfiles, getStanding, getSupport } from "@tenure/sdk";
import { meter, type Reading } from "./meter.ts";

/** How many times faster `getProfiles` is to be than the three views of each, one by one, on anvil. */
export const PROFILES_GOAL = 60;

export const NAIVE = "one by one, three views each";
export const BEST = "getProfiles, again";

/** How many of the crowd are read. */
export const COUNT = 1_000;

/** Reads the same profiles from the same node in several ways. */
export async function readProfiles(url: string): Promise<Reading[]> {
  const { connect, measure } = meter(url);
  const ids = Array.from({ length: COUNT }, (_, index) => index * 10 + 1);
  const isRight = (found: readonly { id: number; status: string }[]) =>
    found.length === COUNT && found.every(({ id, status }, index) => id === ids[index] && status === "active");
  const plain = connect();
  const three = (client: typeof plain, id: number) =>
    Promise.all([getIdentity(client, { id }), getStanding(client, { id }), getSupport(client, { id })]);
  const all = async (client: typeof plain) =>
    isRight((await Promise.all(ids.map((id) => three(client, id)))).map(([identity]) => identity));
  const noLens = { registryLens: "0x00000000000000000000000000000000deadbeef" } as const;
  const learned = connect();
  return [
    await measure(NAIVE, async () => {
      const found = [];
      for (const id of ids) found.push((await three(plain, id))[0]);
      return isRight(found);
    }),
    await measure("getProfile, one by one", async () => {
      const client = connect();
      const found = [];
      for (const id of ids) found.push(await getProfile(client, { id }));
      return isRight(found);
    }),
    await measure("viem's JSON-RPC batches", () => all(connect({ batch: true }))),
    await measure("viem's multicall, without deployment", () => all(connect({}, { multicall: { deployless: true } }))),
    await measure("getProfiles without a deployed lens", async () =>
      isRight(await getProfiles(connect(), { ids, addresses: noLens })),
    ),
    await measure("getProfiles", async () => isRight(await getProfiles(learned, { ids }))),
    await measure(BEST, async () => isRight(await getProfiles(learned, { ids }))),
  ];
}

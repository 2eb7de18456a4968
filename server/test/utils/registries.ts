import { rpcReader, shortParameters } from "@tenure/sdk";
import { openWorld, type World } from "../../../sdk/test/utils/world.ts";
import type { FactsChain } from "../../src/facts/index.ts";

/** Any address: the readers of tests know their registries themselves. */
export const REGISTRY = "0x00000000000000000000000000000000000000ab";

/** A chain with three identities: 1 vouches for 2, all have checked in once. */
export async function openRegistries(): Promise<{ world: World; chain: FactsChain; accounts: readonly string[] }> {
  const world = await openWorld();
  const [client, one, two, three] = world.members;
  for (const agent of [one, two, three]) await agent.registerSync({});
  await world.earn(one, two, three);
  await one.vouchSync({ voucherId: 1, subjectId: 2, stake: 3, periods: 1 });
  await world.mark();
  const chain: FactsChain = {
    chainId: 31337,
    registry: REGISTRY,
    reader: rpcReader(client),
    anchors: [1],
    periods: shortParameters,
    maxLag: 30,
    freshBy: "answer",
  };
  return { world, chain, accounts: world.members.map(({ account }) => `eip155:31337:${account.address}`) };
}

import { shortParameters } from "../../src/index.ts";
import type { startChain } from "./localChain.ts";
import { openWorld, type World } from "./world.ts";

/** A world in which identities 1, 2 and 3 have points to stake, and 2 and 3 may be named as arbiters. */
export async function openStakers(start: typeof startChain): Promise<World> {
  const world = await openWorld(0, start);
  const [one, two, three] = world.members;
  const stakers = [one, two, three];
  for (const agent of stakers) await agent.registerSync({});
  await world.earn(...stakers);
  await two.setArbitrationSync({ id: 2, isOpen: true });
  await three.setArbitrationSync({ id: 3, isOpen: true });
  // Well inside a period, so that no border passes during a test.
  const left = shortParameters.period - (((await world.now()) - shortParameters.origin) % shortParameters.period);
  await world.wait(left + 60);
  await world.mark();
  return world;
}

import { testKeys } from "../../../sdk/test/utils/localChain.ts";
import type { World } from "../../../sdk/test/utils/world.ts";
import type { Environment } from "./tenure.ts";

/** The environment of one of the test accounts on a chain. */
export function acting(world: World, account: number): Environment {
  return { TENURE_RPC: world.url, TENURE_PRIVATE_KEY: testKeys[account] };
}

/** Registers accounts 1 to `number` as identities 1 to `number`, lets half an hour pass, checks in, and opens arbitration. */
export async function settle(world: World, number: number): Promise<void> {
  const members = world.members.slice(1, number + 1);
  for (const member of members) await member.registerSync({});
  await world.wait(1_800);
  for (const [index, member] of members.entries()) {
    await member.pulseSync({ id: index + 1 });
    await member.setArbitrationSync({ id: index + 1, isOpen: true });
  }
  await world.mark();
}

import { type Agent, ethers, networkHelpers, type World } from "./vouchWorld.ts";

/** Newcomers, more than the chain has signers for, with the next free numbers. */
export async function registerCrowd({ identities }: World, size: bigint): Promise<Agent[]> {
  const first = (await identities.totalRegistered()) + 1n;
  const crowd: Agent[] = [];
  for (let id = first; id < first + size; ++id) {
    const owner = await ethers.getImpersonatedSigner(ethers.toBeHex(0xc0ffee0000n + id, 20));
    await networkHelpers.setBalance(owner.address, 10n ** 20n);
    await identities.connect(owner)["register()"]();
    crowd.push({ id, owner });
  }
  return crowd;
}

import { expect } from "chai";
import type { ContractTransactionResponse } from "ethers";
import { registerCrowd } from "../utils/vouchCrowd.ts";
import {
  type Agent,
  burn,
  checkIn,
  DAY,
  disown,
  ethers,
  grownWorld,
  loadFixture,
  renew,
  revoke,
  time,
  vouch,
  type World,
  warn,
} from "../utils/vouchWorld.ts";

const CROWD = 20n;

/** Cleo and eve have acted before on both sides, so that no word of storage is fresh in one world and not in the other. */
async function quietWorld(): Promise<World> {
  const world = await loadFixture(grownWorld);
  const { ada, ben, cleo, eve, finn } = world;
  await vouch(world, cleo, ben, { stake: 1n });
  await warn(world, eve, ben, { stake: 1n });
  await vouch(world, ada, finn, { stake: 1n });
  await time.increase(2n * DAY);
  return world;
}

/** The same, after twenty more have vouched for and warned about ben, and ada about five more of them. */
async function busyWorld(): Promise<World> {
  const world = await quietWorld();
  const crowd = await registerCrowd(world, CROWD);
  await time.increase(DAY);
  for (const agent of crowd) await checkIn(world, agent);
  for (const [index, agent] of crowd.entries()) {
    await (index % 2 === 0 ? vouch : warn)(world, agent, world.ben, { stake: 1n });
  }
  for (const agent of crowd.slice(0, 5)) await vouch(world, world.ada, agent, { stake: 1n });
  return world;
}

describe("VouchRegistry > cost", () => {
  const actions: [string, (world: World) => Promise<ContractTransactionResponse>][] = [
    ["vouch", ({ vouches, ada, ben }) => stake(vouches, "vouch", ada, ben)],
    ["warn", ({ vouches, ada, ben }) => stake(vouches, "warn", ada, ben)],
    ["renew", (world) => renew(world, world.dan, world.ben, 1n, 2n)],
    ["revoke", (world) => revoke(world, world.dan, world.ben)],
    ["disown", (world) => disown(world, world.dan, world.ben)],
    ["burn", (world) => burn(world, world.dan, world.ben, world.finn, 1n)],
  ];

  function stake(vouches: World["vouches"], stance: "vouch" | "warn", from: Agent, to: Agent) {
    return vouches.connect(from.owner)[stance](from.id, to.id, 5, 1, 0, ethers.ZeroHash, "");
  }

  async function gasOf(fixture: () => Promise<World>, act: (typeof actions)[number][1]): Promise<bigint> {
    const world = await loadFixture(fixture);
    await vouch(world, world.dan, world.ben, { stake: 5n, arbiter: world.finn });
    const receipt = await (await act(world)).wait();
    if (receipt === null) throw new Error("the transaction was not mined");
    return receipt.gasUsed;
  }

  for (const [name, act] of actions) {
    it(`${name} should cost the same to the last unit of gas however many acted before`, async () => {
      expect(await gasOf(busyWorld, act)).to.equal(await gasOf(quietWorld, act));
    });
  }
});

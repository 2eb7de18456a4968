import { expect } from "chai";
import { concat, encodeFunctionData, type Hex } from "viem";
import { RegistryLens__factory } from "../../types/ethers-contracts/index.js";
import { registerCrowd } from "../utils/vouchCrowd.ts";
import {
  burn,
  checkIn,
  connection,
  DAY,
  ethers,
  grownWorld,
  isInstrumented,
  loadFixture,
  rotate,
  setWallet,
  suspend,
  time,
  UNKNOWN,
  vouch,
  type World,
  warn,
} from "../utils/vouchWorld.ts";

const { abi, bytecode } = RegistryLens__factory;

describe("RegistryLens > without being deployed", () => {
  let world: World;
  /** Creation code with its argument: all that a reader has to send along. */
  let code: Hex;
  beforeEach(async () => {
    world = await loadFixture(grownWorld);
    const argument = ethers.zeroPadValue(await world.vouches.getAddress(), 32) as Hex;
    code = concat([bytecode, argument]);
    const { ada, ben, cleo, dan, eve, spare } = world;
    await vouch(world, ada, ben, { stake: 7n });
    await warn(world, dan, ben, { stake: 3n });
    await vouch(world, eve, ben, { stake: 9n, arbiter: cleo });
    await burn(world, eve, ben, cleo, 2n);
    await setWallet(world, ben, spare[0]);
    await rotate(world, ada, spare[1]);
    await suspend(world, dan);
  });

  /** Asks where there is no lens, then deploys one and asks both, in the same second. */
  async function sameAsDeployed(data: Hex): Promise<void> {
    const client = await connection.viem.getPublicClient();
    const { data: alone } = await client.call({ code, data });
    const lens = await ethers.deployContract("RegistryLens", [world.vouches]);
    const { data: beside } = await client.call({ code, data });
    expect(beside).to.equal(await ethers.provider.call({ to: lens, data }));
    expect(alone).to.have.lengthOf(beside?.length ?? 0);
  }

  it("should answer profiles as the deployed one does", async () => {
    const ids = [1n, 2n, UNKNOWN, 3n, 4n, 5n, 2n];
    await sameAsDeployed(encodeFunctionData({ abi, functionName: "profiles", args: [ids] }));
  });

  it("should answer profilesOf as the deployed one does", async () => {
    const { ada, ben, spare, relayer } = world;
    const keys = [ada.owner, ben.owner, spare[0], spare[1], relayer].map((key) => key.address as Hex);
    await sameAsDeployed(encodeFunctionData({ abi, functionName: "profilesOf", args: [keys] }));
  });

  it("should answer vouchers as the deployed one does", async () => {
    await sameAsDeployed(encodeFunctionData({ abi, functionName: "vouchers", args: [2n, 0n, 2n] }));
    await sameAsDeployed(encodeFunctionData({ abi, functionName: "vouchers", args: [2n, 4n, 10n] }));
  });

  it("should answer empty pages", async () => {
    await sameAsDeployed(encodeFunctionData({ abi, functionName: "profiles", args: [[]] }));
    await sameAsDeployed(encodeFunctionData({ abi, functionName: "vouchers", args: [UNKNOWN, 0n, 10n] }));
  });

  it("should name its registry", async () => {
    await sameAsDeployed(encodeFunctionData({ abi, functionName: "vouches" }));
  });

  /** Such a call hands its result back as the code of a contract, so EIP-170 bounds the page: 24,576 bytes. */
  describe("given the limit of EIP-170", () => {
    before(function () {
      if (isInstrumented) this.skip(); // the chain that measures coverage has no such limit
    });

    const profiles = (count: number) =>
      encodeFunctionData({ abi, functionName: "profiles", args: [Array<bigint>(count).fill(2n)] });
    const vouchers = (count: bigint) => encodeFunctionData({ abi, functionName: "vouchers", args: [2n, 0n, count] });

    /** The node refuses; by what words is its own affair. */
    async function isTooLong(data: Hex): Promise<void> {
      const client = await connection.viem.getPublicClient();
      const outcome = await client.call({ code, data }).then(
        () => "answered",
        () => "refused",
      );
      expect(outcome).to.equal("refused");
    }

    it("should answer pages of 30 profiles and no more", async () => {
      await sameAsDeployed(profiles(30));
      await isTooLong(profiles(31));
    });

    it("should answer pages of 18 vouchers and no more", async () => {
      const crowd = await registerCrowd(world, 18n); // beside the three who staked before
      await time.increase(DAY);
      for (const agent of crowd) {
        await checkIn(world, agent);
        await vouch(world, agent, world.ben, { stake: 1n });
      }
      await sameAsDeployed(vouchers(18n));
      await isTooLong(vouchers(19n));
    });

    it("should answer longer pages where the node takes the code as a state override", async () => {
      const client = await connection.viem.getPublicClient();
      const { data: runtime } = await client.call({ data: code });
      const to = "0x000000000000000000000000000000000000c0de";
      const stateOverride = [{ address: to, code: runtime as Hex }] as const;
      const { data } = await client.call({ to, data: profiles(100), stateOverride: [...stateOverride] });
      const lens = await ethers.deployContract("RegistryLens", [world.vouches]);
      expect(data).to.equal(await ethers.provider.call({ to: lens, data: profiles(100) }));
    });
  });
});

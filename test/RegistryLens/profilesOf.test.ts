import { expect } from "chai";
import { fieldsOf } from "../utils/vouchMocks.ts";
import { NO_IDENTITY, NO_STANDING, profileFromRegistries } from "../utils/vouchProfiles.ts";
import { type ReadersWorld, readersWorld } from "../utils/vouchReaders.ts";
import {
  ethers,
  KeyRole,
  loadFixture,
  retire,
  rotate,
  Status,
  setWallet,
  suspend,
  vouch,
} from "../utils/vouchWorld.ts";

describe("RegistryLens > profilesOf", () => {
  let world: ReadersWorld;
  beforeEach(async () => {
    world = await loadFixture(readersWorld);
  });

  const profilesOf = async (keys: string[]) => (await world.lens.profilesOf(keys)).map(fieldsOf);
  const unknown = (key: string) => ({
    key,
    role: KeyRole.None,
    identity: NO_IDENTITY,
    standing: NO_STANDING,
    support: 0n,
    opposition: 0n,
  });

  it("given an owner, it should answer the identity with the role Owner", async () => {
    const { ada } = world;
    await vouch(world, world.ben, ada);
    const key = ada.owner.address;
    expect(await profilesOf([key])).to.deep.equal([await profileFromRegistries(world, ada.id, key, KeyRole.Owner)]);
  });

  it("given a wallet, it should answer its identity with the role Wallet", async () => {
    const key = world.spare[0].address;
    await setWallet(world, world.ada, world.spare[0]);
    expect(await profilesOf([key])).to.deep.equal([
      await profileFromRegistries(world, world.ada.id, key, KeyRole.Wallet),
    ]);
  });

  it("given a suspended identity's wallet, it should answer the identity, which says that it is suspended", async () => {
    await setWallet(world, world.ada, world.spare[0]);
    await suspend(world, world.ada);
    const key = world.spare[0].address;
    const [profile] = await world.lens.profilesOf([key]);
    expect([profile?.identity.status, profile?.identity.wallet]).to.deep.equal([Status.Suspended, ethers.ZeroAddress]);
    const whole = await profileFromRegistries(world, world.ada.id, key, KeyRole.Wallet);
    expect(await profilesOf([key])).to.deep.equal([whole]);
  });

  it("given a former key, it should answer the identity under its new owner with the role Former", async () => {
    const { ada, spare } = world;
    await rotate(world, ada, spare[0]);
    const key = ada.owner.address;
    const [profile] = await world.lens.profilesOf([key]);
    expect([profile?.role, profile?.identity.owner]).to.deep.equal([KeyRole.Former, spare[0].address]);
    expect(await profilesOf([key])).to.deep.equal([await profileFromRegistries(world, ada.id, key, KeyRole.Former)]);
  });

  it("given the last key of a retired identity, it should answer the role Former and the status Retired", async () => {
    await retire(world, world.ada);
    const [profile] = await world.lens.profilesOf([world.ada.owner]);
    expect([profile?.role, profile?.identity.status]).to.deep.equal([KeyRole.Former, Status.Retired]);
  });

  it("given a wallet that was cleared by a rotation, it should be unknown", async () => {
    await setWallet(world, world.ada, world.spare[1]);
    await rotate(world, world.ada, world.spare[0]);
    expect(await profilesOf([world.spare[1].address])).to.deep.equal([unknown(world.spare[1].address)]);
  });

  it("given unknown addresses, it should answer status None in place, with the address", async () => {
    const { ada, relayer } = world;
    const keys = [relayer.address, ada.owner.address, ethers.ZeroAddress, await world.vouches.getAddress()];
    expect(await profilesOf(keys)).to.deep.equal([
      unknown(relayer.address),
      await profileFromRegistries(world, ada.id, ada.owner.address, KeyRole.Owner),
      unknown(ethers.ZeroAddress),
      unknown(keys[3] as string),
    ]);
  });

  it("when asked for none, it should answer none", async () => {
    expect(await profilesOf([])).to.deep.equal([]);
  });

  it("when asked out of order and twice, it should answer in that order and twice", async () => {
    const keys = [world.dan, world.ada, world.dan].map((agent) => agent.owner.address);
    expect((await world.lens.profilesOf(keys)).map((profile) => profile.key)).to.deep.equal(keys);
    expect((await world.lens.profilesOf(keys)).map((profile) => profile.identity.id)).to.deep.equal([4n, 1n, 4n]);
  });
});

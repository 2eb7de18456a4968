import { expect } from "chai";
import { fieldsOf } from "../utils/vouchMocks.ts";
import { NO_IDENTITY, NO_STANDING, profileFromRegistries } from "../utils/vouchProfiles.ts";
import { type ReadersWorld, readersWorld } from "../utils/vouchReaders.ts";
import {
  burn,
  DAY,
  ethers,
  KeyRole,
  loadFixture,
  MAX_SILENCE,
  MINUTE,
  ORIGIN,
  OwnerKind,
  retire,
  rotate,
  Status,
  setWallet,
  startOf,
  suspend,
  time,
  UNKNOWN,
  vouch,
  warn,
} from "../utils/vouchWorld.ts";

describe("RegistryLens", () => {
  it("should name the registry that it reads", async () => {
    const world = await loadFixture(readersWorld);
    expect(await world.lens.vouches()).to.equal(await world.vouches.getAddress());
  });
});

describe("RegistryLens > profiles", () => {
  let world: ReadersWorld;
  beforeEach(async () => {
    world = await loadFixture(readersWorld);
  });

  const profiles = async (ids: bigint[]) => (await world.lens.profiles(ids)).map(fieldsOf);
  const unknown = {
    key: ethers.ZeroAddress,
    role: KeyRole.None,
    identity: NO_IDENTITY,
    standing: NO_STANDING,
    support: 0n,
    opposition: 0n,
  };

  it("given an identity with a history, it should say all of it", async () => {
    const { ada, ben, cleo, dan, identities, spare } = world;
    await vouch(world, ada, ben, { stake: 7n });
    await warn(world, dan, ben, { stake: 3n });
    await vouch(world, ben, cleo, { stake: 9n, arbiter: dan });
    await burn(world, ben, cleo, dan, 2n);
    await identities.connect(ben.owner).setGuardian(ben.id, spare[1]);
    await setWallet(world, ben, spare[0]);
    const born = ORIGIN + 4n; // after three deployments and ada
    expect(await profiles([ben.id])).to.deep.equal([
      {
        key: ethers.ZeroAddress,
        role: KeyRole.None,
        identity: {
          id: ben.id,
          owner: ben.owner.address,
          wallet: spare[0].address,
          guardian: spare[1].address,
          status: Status.Active,
          ownerKind: OwnerKind.Unproven,
          isDelegated: false,
          isArbiter: true,
          keyEpoch: 0n,
          keySince: born,
          firstSeen: born,
          lastSeen: ORIGIN + MAX_SILENCE + MINUTE + 3n, // after ada, who checked in and became an arbiter
          tenure: MAX_SILENCE,
          pending: { kind: 0n, candidate: ethers.ZeroAddress, readyAt: 0n },
        },
        standing: { standing: 28n, staked: 7n, burned: 2n, free: 21n, scars: 1n },
        support: 7n,
        opposition: 3n,
      },
    ]);
  });

  it("given a suspended one, it should say so", async () => {
    await suspend(world, world.ben);
    const [profile] = await world.lens.profiles([world.ben.id]);
    expect(profile?.identity.status).to.equal(Status.Suspended);
    expect(await profiles([world.ben.id])).to.deep.equal([await profileFromRegistries(world, world.ben.id)]);
  });

  it("given a retired one, it should say so and keep its record", async () => {
    await vouch(world, world.ada, world.ben, { stake: 7n });
    await retire(world, world.ben);
    const [profile] = await world.lens.profiles([world.ben.id]);
    expect([profile?.identity.status, profile?.support]).to.deep.equal([Status.Retired, 7n]);
    expect(await profiles([world.ben.id])).to.deep.equal([await profileFromRegistries(world, world.ben.id)]);
  });

  it("given one with a new key, it should count support for that key alone", async () => {
    await vouch(world, world.ada, world.ben, { stake: 7n });
    await rotate(world, world.ben, world.spare[0]);
    const [profile] = await world.lens.profiles([world.ben.id]);
    expect([profile?.identity.keyEpoch, profile?.support]).to.deep.equal([1n, 0n]);
  });

  it("given unknown ones, it should answer status None in place", async () => {
    const { ada, ben } = world;
    expect(await profiles([UNKNOWN, ada.id, 0n, ben.id, ethers.MaxUint256])).to.deep.equal([
      unknown,
      await profileFromRegistries(world, ada.id),
      unknown,
      await profileFromRegistries(world, ben.id),
      unknown,
    ]);
  });

  it("when asked for none, it should answer none", async () => {
    expect(await profiles([])).to.deep.equal([]);
  });

  it("when asked out of order and twice, it should answer in that order and twice", async () => {
    const ids = [4n, 1n, 4n, 2n];
    expect((await world.lens.profiles(ids)).map((profile) => profile.identity.id)).to.deep.equal(ids);
  });

  it("when asked for a hundred, it should answer them", async () => {
    const page = await world.lens.profiles(Array<bigint>(100).fill(world.ada.id));
    expect(page).to.have.lengthOf(100);
    expect(fieldsOf(page[99])).to.deep.equal(await profileFromRegistries(world, world.ada.id));
  });

  it("should answer what is staked now, though it ends with the present period", async () => {
    await vouch(world, world.ada, world.ben, { stake: 7n, periods: 1n });
    await warn(world, world.dan, world.ben, { stake: 3n, periods: 2n });
    const seen: unknown[] = [];
    for (const moment of [startOf(1n), startOf(2n) - 1n, startOf(2n), startOf(3n) - 1n, startOf(3n)]) {
      await time.increaseTo(moment);
      const [profile] = await world.lens.profiles([world.ben.id]);
      seen.push([profile?.support, profile?.opposition]);
    }
    const [both, warning, nothing] = [
      [7n, 3n],
      [0n, 3n],
      [0n, 0n],
    ];
    expect(seen).to.deep.equal([both, both, warning, warning, nothing]);
  });

  it("should speak of the moment of the call", async () => {
    await vouch(world, world.ada, world.ben, { stake: 7n });
    await time.increase(400n * DAY);
    const [ada, ben] = await world.lens.profiles([world.ada.id, world.ben.id]);
    expect([ada?.standing.staked, ben?.support]).to.deep.equal([0n, 0n]);
  });
});

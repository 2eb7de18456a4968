import { expect } from "chai";
import type { Requirement } from "../utils/vouchMocks.ts";
import { type ReadersWorld, readersWorld } from "../utils/vouchReaders.ts";
import {
  type Agent,
  DAY,
  ethers,
  loadFixture,
  MAX_SILENCE,
  ORIGIN,
  retire,
  rotate,
  suspend,
  time,
  UNKNOWN,
  vouch,
  warn,
} from "../utils/vouchWorld.ts";
import { demand, Reason } from "./reasons.ts";

const MAX_UINT40 = 2n ** 40n - 1n;
const MAX_UINT32 = 2n ** 32n - 1n;

describe("TrustGate > unmet", () => {
  let world: ReadersWorld;
  let ben: Agent;
  /** When ben was registered, and last seen. */
  let born: bigint;
  beforeEach(async () => {
    world = await loadFixture(readersWorld);
    ben = world.ben;
    born = await world.identities.firstSeen(ben.id);
  });

  const unmet = (requirement: Partial<Requirement>, id = ben.id) => world.gate.unmet(id, demand(requirement));
  /** From here on the clock stands at so many seconds after ben's registration. */
  const atAge = (seconds: bigint) => time.increaseTo(born + seconds);

  it("should name every reason by the bit that the design gives it", async () => {
    const board = await ethers.deployContract("GatedBoard", [world.vouches, []]);
    expect({
      Unknown: await board.REASON_UNKNOWN(),
      FormerKey: await board.REASON_FORMER_KEY(),
      Suspended: await board.REASON_SUSPENDED(),
      Retired: await board.REASON_RETIRED(),
      Age: await board.REASON_AGE(),
      Tenure: await board.REASON_TENURE(),
      KeyAge: await board.REASON_KEY_AGE(),
      Silence: await board.REASON_SILENCE(),
      Support: await board.REASON_SUPPORT(),
      Opposition: await board.REASON_OPPOSITION(),
      Anchors: await board.REASON_ANCHORS(),
    }).to.deep.equal(Reason);
  });

  describe("when nothing is demanded", () => {
    it("given an active identity, it should find nothing wanting", async () => {
      expect(await unmet({})).to.equal(0n);
    });

    it("given one registered this second, it should find nothing wanting", async () => {
      await world.identities.connect(world.relayer)["register()"]();
      expect(await unmet({}, 7n)).to.equal(0n);
    });

    it("given one that was silent for a thousand years, it should find nothing wanting", async () => {
      await atAge(1_000n * 365n * DAY);
      expect(await unmet({})).to.equal(0n);
    });

    it("given one with a single point of opposition, it should name OPPOSITION: zero tolerates none", async () => {
      await warn(world, world.ada, ben, { stake: 1n });
      expect(await unmet({})).to.equal(Reason.Opposition);
    });
  });

  describe("given an identity that cannot be trusted at all", () => {
    /** Nobody meets all of this, so that one sees which reasons are given. */
    const everything: Partial<Requirement> = {
      minAge: MAX_UINT40,
      minTenure: MAX_UINT40,
      minKeyAge: MAX_UINT40,
      maxSilence: 1n,
      minSupport: MAX_UINT32,
      anchors: [1n],
      minAnchors: 1n,
    };
    const ALL_MISSING =
      Reason.Age | Reason.Tenure | Reason.KeyAge | Reason.Silence | Reason.Support | Reason.Opposition | Reason.Anchors;

    it("unknown, it should name UNKNOWN alone", async () => {
      for (const id of [0n, UNKNOWN, ethers.MaxUint256]) {
        expect(await unmet({}, id)).to.equal(Reason.Unknown);
        expect(await unmet(everything, id)).to.equal(Reason.Unknown);
      }
    });

    it("retired, it should name RETIRED alone", async () => {
      await retire(world, ben);
      expect(await unmet({})).to.equal(Reason.Retired);
      expect(await unmet(everything)).to.equal(Reason.Retired);
    });

    it("suspended, it should name SUSPENDED even if nothing is demanded", async () => {
      await suspend(world, ben);
      expect(await unmet({})).to.equal(Reason.Suspended);
    });

    it("suspended and wanting in all else, it should name every reason", async () => {
      await warn(world, world.ada, ben);
      await suspend(world, ben);
      expect(await unmet(everything)).to.equal(Reason.Suspended | ALL_MISSING);
    });

    it("active and wanting in everything, it should name every reason but SUSPENDED", async () => {
      await warn(world, world.ada, ben);
      expect(await unmet(everything)).to.equal(ALL_MISSING);
    });
  });

  describe("minAge", () => {
    it("should be met in the second in which the age is reached, and not before", async () => {
      await atAge(50n * DAY - 1n);
      expect(await unmet({ minAge: 50n * DAY })).to.equal(Reason.Age);
      await atAge(50n * DAY);
      expect(await unmet({ minAge: 50n * DAY })).to.equal(0n);
    });

    it("should not care for check-ins or keys", async () => {
      const { owner } = await rotate(world, ben, world.spare[0]);
      await atAge(90n * DAY - 1n);
      await world.identities.connect(owner).pulse(ben.id, ethers.ZeroHash);
      expect(await unmet({ minAge: 90n * DAY })).to.equal(0n);
    });
  });

  describe("minTenure", () => {
    it("should be met in the second in which the tenure is reached, and not before", async () => {
      await world.identities.connect(ben.owner).pulse(ben.id, ethers.ZeroHash);
      const pulsed = BigInt(await time.latest());
      // 30 days were witnessed before that check-in.
      await time.increaseTo(pulsed + 5n * DAY - 1n);
      expect(await unmet({ minTenure: MAX_SILENCE + 5n * DAY })).to.equal(Reason.Tenure);
      await time.increaseTo(pulsed + 5n * DAY);
      expect(await unmet({ minTenure: MAX_SILENCE + 5n * DAY })).to.equal(0n);
    });

    it("given one registered this second, it should not be met by a single second", async () => {
      await world.identities.connect(world.relayer)["register()"]();
      expect(await unmet({ minTenure: 1n }, 7n)).to.equal(Reason.Tenure);
    });

    it("should not be met by waiting in silence", async () => {
      await atAge(365n * DAY);
      expect(await unmet({ minTenure: MAX_SILENCE })).to.equal(0n);
      expect(await unmet({ minTenure: MAX_SILENCE + 1n })).to.equal(Reason.Tenure);
    });
  });

  describe("minKeyAge", () => {
    it("given a key that never changed, it should count from registration", async () => {
      await atAge(50n * DAY - 1n);
      expect(await unmet({ minKeyAge: 50n * DAY })).to.equal(Reason.KeyAge);
      await atAge(50n * DAY);
      expect(await unmet({ minKeyAge: 50n * DAY })).to.equal(0n);
    });

    it("given a new key, it should count from the rotation", async () => {
      await rotate(world, ben, world.spare[0]);
      const rotated = BigInt(await time.latest());
      expect(await unmet({ minKeyAge: 1n })).to.equal(Reason.KeyAge);
      await time.increaseTo(rotated + 7n * DAY - 1n);
      expect(await unmet({ minKeyAge: 7n * DAY })).to.equal(Reason.KeyAge);
      await time.increaseTo(rotated + 7n * DAY);
      expect(await unmet({ minKeyAge: 7n * DAY })).to.equal(0n);
    });
  });

  describe("maxSilence", () => {
    it("should be met to the last second of it, and not after", async () => {
      await atAge(50n * DAY);
      expect(await unmet({ maxSilence: 50n * DAY })).to.equal(0n);
      await atAge(50n * DAY + 1n);
      expect(await unmet({ maxSilence: 50n * DAY })).to.equal(Reason.Silence);
    });

    it("should start anew with a check-in", async () => {
      await atAge(50n * DAY);
      expect(await unmet({ maxSilence: DAY })).to.equal(Reason.Silence);
      await world.identities.connect(ben.owner).pulse(ben.id, ethers.ZeroHash);
      expect(await unmet({ maxSilence: DAY })).to.equal(0n);
    });
  });

  describe("minSupport", () => {
    beforeEach(async () => {
      await vouch(world, world.ada, ben, { stake: 4n });
      await vouch(world, world.dan, ben, { stake: 3n });
    });

    it("should be met by exactly as many points, and not by one fewer", async () => {
      expect(await unmet({ minSupport: 7n })).to.equal(0n);
      expect(await unmet({ minSupport: 8n })).to.equal(Reason.Support);
    });

    it("given a new key, it should not be met by what was staked for the old one", async () => {
      await rotate(world, ben, world.spare[0]);
      expect(await unmet({ minSupport: 1n })).to.equal(Reason.Support);
    });
  });

  describe("maxOpposition", () => {
    beforeEach(async () => {
      await warn(world, world.ada, ben, { stake: 4n });
      await warn(world, world.dan, ben, { stake: 3n });
    });

    it("should tolerate exactly as many points, and not one more", async () => {
      expect(await unmet({ maxOpposition: 7n })).to.equal(0n);
      expect(await unmet({ maxOpposition: 6n })).to.equal(Reason.Opposition);
    });

    it("given a new key, it should not forget", async () => {
      await rotate(world, ben, world.spare[0]);
      expect(await unmet({ maxOpposition: 6n })).to.equal(Reason.Opposition);
    });
  });

  describe("any mixture of demands", () => {
    /** Each demand in a form that ben misses; what he does not miss is not demanded. */
    const missed: [bigint, Partial<Requirement>][] = [
      [Reason.Age, { minAge: 41n * DAY }],
      [Reason.Tenure, { minTenure: MAX_SILENCE + 1n }],
      [Reason.KeyAge, { minKeyAge: 41n * DAY }],
      [Reason.Silence, { maxSilence: 39n * DAY }],
      [Reason.Support, { minSupport: 5n }],
      [Reason.Anchors, { anchors: [1n, 3n], minAnchors: 2n }],
    ];

    it("should name exactly the reasons of what is missed, in each of the 64 mixtures", async () => {
      await vouch(world, world.ada, ben, { stake: 4n });
      expect(BigInt(await time.latest()) - ORIGIN).to.be.lessThan(41n * DAY);
      for (let mixture = 0; mixture < 2 ** missed.length; ++mixture) {
        const chosen = missed.filter((_, index) => (mixture >> index) & 1);
        const requirement = Object.assign({}, ...chosen.map(([, part]) => part)) as Partial<Requirement>;
        const reasons = chosen.reduce((sum, [reason]) => sum | reason, 0n);
        expect(await unmet(requirement)).to.equal(reasons);
      }
    });
  });
});

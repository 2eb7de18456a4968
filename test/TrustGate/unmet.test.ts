import { expect } from "chai";
import { deployMock, type Requirement } from "../utils/vouchMocks.ts";
import { type ReadersWorld, readersWorld } from "../utils/vouchReaders.ts";
import {
  type Agent,
  burn,
  checkIn,
  DAY,
  ethers,
  loadFixture,
  MAX_SILENCE,
  nextBlockAt,
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
      AnchorWarnings: await board.REASON_ANCHOR_WARNINGS(),
      ContractOwner: await board.REASON_CONTRACT_OWNER(),
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

    it("given opposition, also by an anchor, it should find nothing wanting", async () => {
      await warn(world, world.ada, ben, { stake: 30n });
      expect(await unmet({ anchors: [world.ada.id] })).to.equal(0n);
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
      oppositionLimit: 1n,
      anchors: [1n],
      minAnchors: 1n,
      anchorWarningLimit: 1n,
    };
    const ALL_MISSING =
      Reason.Age |
      Reason.Tenure |
      Reason.KeyAge |
      Reason.Silence |
      Reason.Support |
      Reason.Opposition |
      Reason.Anchors |
      Reason.AnchorWarnings;

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
      const lastSeen = await world.identities.lastSeen(ben.id);
      // 30 days were witnessed before that check-in.
      await nextBlockAt(lastSeen + 25n * DAY - 1n);
      await checkIn(world, ben);
      expect(await unmet({ minTenure: MAX_SILENCE + 25n * DAY })).to.equal(Reason.Tenure);
      await nextBlockAt(lastSeen + 25n * DAY);
      await checkIn(world, ben);
      expect(await unmet({ minTenure: MAX_SILENCE + 25n * DAY })).to.equal(0n);
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
      const lastSeen = await world.identities.lastSeen(ben.id);
      await time.increaseTo(lastSeen + 50n * DAY);
      expect(await unmet({ maxSilence: 50n * DAY })).to.equal(0n);
      await time.increaseTo(lastSeen + 50n * DAY + 1n);
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

  describe("oppositionLimit", () => {
    beforeEach(async () => {
      await warn(world, world.ada, ben, { stake: 4n });
      await warn(world, world.dan, ben, { stake: 3n });
    });

    it("should refuse from exactly as many points on, and not from one more", async () => {
      expect(await unmet({ oppositionLimit: 8n })).to.equal(0n);
      expect(await unmet({ oppositionLimit: 7n })).to.equal(Reason.Opposition);
      expect(await unmet({ oppositionLimit: 1n })).to.equal(Reason.Opposition);
    });

    it("given a new key, it should not forget", async () => {
      await rotate(world, ben, world.spare[0]);
      expect(await unmet({ oppositionLimit: 7n })).to.equal(Reason.Opposition);
    });
  });

  describe("anchorWarningLimit", () => {
    const anchors = () => [world.ada.id, world.cleo.id, world.ada.id];

    it("should refuse from exactly as many anchors on as warn, each counted once", async () => {
      await warn(world, world.dan, ben, { stake: 30n });
      expect(await unmet({ anchors: anchors(), anchorWarningLimit: 1n })).to.equal(0n);
      await warn(world, world.ada, ben, { stake: 1n });
      expect(await unmet({ anchors: anchors(), anchorWarningLimit: 2n })).to.equal(0n);
      expect(await unmet({ anchors: anchors(), anchorWarningLimit: 1n })).to.equal(Reason.AnchorWarnings);
      await warn(world, world.cleo, ben, { stake: 1n });
      expect(await unmet({ anchors: anchors(), anchorWarningLimit: 2n })).to.equal(Reason.AnchorWarnings);
    });

    it("should not count a warning below minAnchorStake, nor that of a suspended anchor", async () => {
      await warn(world, world.ada, ben, { stake: 4n });
      const asked = { anchors: anchors(), anchorWarningLimit: 1n };
      expect(await unmet({ ...asked, minAnchorStake: 4n })).to.equal(Reason.AnchorWarnings);
      expect(await unmet({ ...asked, minAnchorStake: 5n })).to.equal(0n);
      await suspend(world, world.ada);
      expect(await unmet(asked)).to.equal(0n);
    });
  });

  describe("minAnchorStake", () => {
    it("should not count a vouch that its arbiter burned to a crumb", async () => {
      await vouch(world, world.ada, ben, { stake: 10n, arbiter: world.finn });
      const asked = { anchors: [world.ada.id], minAnchors: 1n, minAnchorStake: 5n };
      expect(await unmet(asked)).to.equal(0n);
      await burn(world, world.ada, ben, world.finn, 5n);
      expect(await unmet(asked)).to.equal(0n);
      await burn(world, world.ada, ben, world.finn, 1n);
      expect(await unmet(asked)).to.equal(Reason.Anchors);
    });
  });

  describe("keyOwned", () => {
    it("should refuse an owner that was not proven to be a key, and take one that was", async () => {
      const account = await deployMock("VouchSmartAccount", world.spare[0].address);
      await account.execute(world.identities, world.identities.interface.encodeFunctionData("register()"));
      expect(await unmet({ keyOwned: true }, 7n)).to.equal(Reason.ContractOwner);
      expect(await unmet({ keyOwned: false }, 7n)).to.equal(0n);
      expect(await unmet({ keyOwned: true })).to.equal(0n);
    });
  });

  describe("any mixture of demands", () => {
    /** Each demand in a form that ben misses; what he does not miss is not demanded. */
    const missed: [bigint, Partial<Requirement>][] = [
      [Reason.Age, { minAge: 41n * DAY }],
      [Reason.Tenure, { minTenure: MAX_SILENCE + 1n }],
      [Reason.KeyAge, { minKeyAge: 41n * DAY }],
      [Reason.Silence, { maxSilence: 9n * DAY }],
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

import { expect } from "chai";
import { deployMock, type Requirement } from "../utils/vouchMocks.ts";
import { type ReadersWorld, readersWorld } from "../utils/vouchReaders.ts";
import {
  type Agent,
  burn,
  checkIn,
  checkInBySignature,
  DAY,
  ethers,
  loadFixture,
  MAX_SILENCE,
  networkHelpers,
  nextBlockAt,
  ORIGIN,
  RECOVERY_DELAY,
  resume,
  retire,
  revoke,
  rotate,
  STANDING,
  startOf,
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
      UnprovenOwner: await board.REASON_UNPROVEN_OWNER(),
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

    it("given one that lacks everything, it should refuse it for each demand alone, and for no field that is zero", async () => {
      // Owned by a contract, registered this second, never checked in, without support, warned about by the anchors.
      const account = await deployMock("VouchSmartAccount", world.spare[0].address);
      await account.execute(world.identities, world.identities.interface.encodeFunctionData("register()"));
      const worst = { id: 7n, owner: world.relayer };
      await warn(world, world.ada, worst, { stake: STANDING });
      const anchors = [world.ada.id, world.cleo.id];
      const least: [Partial<Requirement>, bigint][] = [
        [{ minAge: DAY }, Reason.Age],
        [{ minTenure: 1n }, Reason.Tenure],
        [{ minKeyAge: DAY }, Reason.KeyAge],
        [{ maxSilence: 1n }, Reason.Silence],
        [{ minSupport: 1n }, Reason.Support],
        [{ oppositionLimit: STANDING }, Reason.Opposition],
        [{ minAnchors: 1n }, Reason.Anchors],
        [{ anchorWarningLimit: 1n }, Reason.AnchorWarnings],
        [{ keyOwned: true }, Reason.UnprovenOwner],
      ];
      await time.increase(5);
      for (const [demanded, reason] of least) {
        expect(await unmet({ anchors, ...demanded }, worst.id)).to.equal(reason);
        const zero = Object.fromEntries(
          Object.entries(demanded).map(([field, value]) => [field, value === true ? false : 0n]),
        );
        expect(await unmet({ anchors, ...zero }, worst.id)).to.equal(0n);
      }
      const all = Object.assign({ anchors }, ...least.map(([demanded]) => demanded)) as Partial<Requirement>;
      const reasons = least.reduce((sum, [, reason]) => sum | reason, 0n);
      expect(await unmet(all, worst.id)).to.equal(reasons);
      // A stake from which on an anchor counts is no demand by itself.
      expect(await unmet({ anchors, minAnchorStake: MAX_UINT32 }, worst.id)).to.equal(0n);
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

    it("given one registered this second, it should be met by a second, and not at once", async () => {
      await world.identities.connect(world.relayer)["register()"]();
      expect(await unmet({ minAge: 1n }, 7n)).to.equal(Reason.Age);
      await nextBlockAt();
      await networkHelpers.mine();
      expect(await unmet({ minAge: 1n }, 7n)).to.equal(0n);
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
      expect(await unmet({ anchors: anchors(), anchorWarningLimit: 3n })).to.equal(0n);
    });

    it("should count no vouch, and a vouch's anchor no warning: each anchor says one thing", async () => {
      await vouch(world, world.ada, ben);
      const both = { anchors: anchors(), minAnchors: 1n, anchorWarningLimit: 1n };
      expect(await unmet(both)).to.equal(0n);
      await warn(world, world.ada, ben);
      expect(await unmet(both)).to.equal(Reason.Anchors | Reason.AnchorWarnings);
      await vouch(world, world.cleo, ben);
      expect(await unmet(both)).to.equal(Reason.AnchorWarnings);
    });

    it("should count to the last second of a warning, whatever keys change, and not one that was revoked", async () => {
      const asked = { anchors: anchors(), anchorWarningLimit: 1n };
      await warn(world, world.ada, ben, { periods: 1n });
      await rotate(world, ben, world.spare[0]);
      const ada = await rotate(world, world.ada, world.spare[1]);
      await time.increaseTo(startOf(2n) - 1n);
      expect(await unmet(asked)).to.equal(Reason.AnchorWarnings);
      await time.increaseTo(startOf(2n));
      expect(await unmet(asked)).to.equal(0n);
      await warn(world, ada, ben);
      expect(await unmet(asked)).to.equal(Reason.AnchorWarnings);
      await revoke(world, ada, ben);
      expect(await unmet(asked)).to.equal(0n);
    });

    it("should not count a warning below minAnchorStake, nor that of a suspended or retired anchor", async () => {
      await warn(world, world.ada, ben, { stake: 4n });
      const asked = { anchors: anchors(), anchorWarningLimit: 1n };
      expect(await unmet({ ...asked, minAnchorStake: 4n })).to.equal(Reason.AnchorWarnings);
      expect(await unmet({ ...asked, minAnchorStake: 5n })).to.equal(0n);
      await suspend(world, world.ada);
      expect(await unmet(asked)).to.equal(0n);
      await resume(world, world.ada);
      expect(await unmet(asked)).to.equal(Reason.AnchorWarnings);
      await retire(world, world.ada);
      expect(await unmet(asked)).to.equal(0n);
    });

    it("should never be met by anchors that nobody named", async () => {
      await warn(world, world.ada, ben);
      expect(await unmet({ anchors: [], anchorWarningLimit: 1n })).to.equal(0n);
      expect(await unmet({ anchors: [ben.id, UNKNOWN, 0n], anchorWarningLimit: 1n })).to.equal(0n);
    });

    it("should take the greatest limit that the field holds", async () => {
      await warn(world, world.ada, ben);
      expect(await unmet({ anchors: anchors(), anchorWarningLimit: 255n })).to.equal(0n);
    });
  });

  describe("minAnchorStake", () => {
    const asked = (minAnchorStake: bigint) => ({ anchors: [world.ada.id], minAnchors: 1n, minAnchorStake });

    it("should count a vouch of exactly as many points, and not of one fewer", async () => {
      await vouch(world, world.ada, ben, { stake: 7n });
      expect(await unmet(asked(7n))).to.equal(0n);
      expect(await unmet(asked(8n))).to.equal(Reason.Anchors);
      expect(await unmet(asked(0n))).to.equal(0n);
      expect(await unmet(asked(MAX_UINT32))).to.equal(Reason.Anchors);
    });

    it("should not count a vouch that its arbiter burned to a crumb, until it is topped up", async () => {
      await vouch(world, world.ada, ben, { stake: 10n, arbiter: world.finn });
      expect(await unmet(asked(5n))).to.equal(0n);
      await burn(world, world.ada, ben, world.finn, 5n);
      expect(await unmet(asked(5n))).to.equal(0n);
      await burn(world, world.ada, ben, world.finn, 1n);
      expect(await unmet(asked(5n))).to.equal(Reason.Anchors);
      await world.vouches.connect(world.ada.owner).renew(world.ada.id, ben.id, 1, 1);
      expect(await unmet(asked(5n))).to.equal(0n);
    });

    it("should be asked of each anchor, and not of their sum", async () => {
      await vouch(world, world.ada, ben, { stake: 4n });
      await vouch(world, world.cleo, ben, { stake: 4n });
      const two = { anchors: [world.ada.id, world.cleo.id], minAnchors: 1n };
      expect(await unmet({ ...two, minAnchorStake: 5n })).to.equal(Reason.Anchors);
      expect(await unmet({ ...two, minAnchorStake: 4n, minAnchors: 2n })).to.equal(0n);
    });
  });

  describe("keyOwned", () => {
    it("should refuse an owner that was not proven to be a key, and take one that was", async () => {
      const account = await deployMock("VouchSmartAccount", world.spare[0].address);
      await account.execute(world.identities, world.identities.interface.encodeFunctionData("register()"));
      expect(await unmet({ keyOwned: true }, 7n)).to.equal(Reason.UnprovenOwner);
      expect(await unmet({ keyOwned: false }, 7n)).to.equal(0n);
      expect(await unmet({ keyOwned: true })).to.equal(Reason.UnprovenOwner);
      await checkInBySignature(world, ben);
      expect(await unmet({ keyOwned: true })).to.equal(0n);
    });

    it("should refuse one that acts from constructors alone, and has no code when it is read", async () => {
      const data = world.identities.interface.encodeFunctionData("register()");
      const owner = await ethers.deployContract("ConstructorOnly", [world.identities, data]);
      expect(await ethers.provider.getCode(owner)).to.equal("0x");
      expect(await unmet({ keyOwned: true }, 7n)).to.equal(Reason.UnprovenOwner);
    });

    it("should name it beside a suspension, and not for a retired or unknown identity", async () => {
      const account = await deployMock("VouchSmartAccount", world.spare[0].address);
      const { interface: abi } = world.identities;
      await account.execute(world.identities, abi.encodeFunctionData("register()"));
      await account.execute(world.identities, abi.encodeFunctionData("suspend", [7]));
      expect(await unmet({ keyOwned: true }, 7n)).to.equal(Reason.Suspended | Reason.UnprovenOwner);
      expect(await unmet({ keyOwned: true }, UNKNOWN)).to.equal(Reason.Unknown);
      await account.execute(world.identities, abi.encodeFunctionData("resume", [7]));
      await account.execute(world.identities, abi.encodeFunctionData("retire", [7]));
      expect(await unmet({ keyOwned: true }, 7n)).to.equal(Reason.Retired);
    });

    it("should follow the identity to the next key", async () => {
      const { owner } = await rotate(world, ben, world.spare[0]);
      expect(await unmet({ keyOwned: true })).to.equal(0n);
      const next = await deployMock("VouchSmartAccount", world.spare[1].address);
      await world.identities.connect(owner).setGuardian(ben.id, world.relayer);
      await world.identities.connect(world.relayer).proposeRecovery(ben.id, await next.getAddress());
      await time.increase(RECOVERY_DELAY);
      await next.execute(world.identities, world.identities.interface.encodeFunctionData("claimRecovery", [ben.id]));
      expect(await unmet({ keyOwned: true })).to.equal(Reason.UnprovenOwner);
    });
  });

  describe("any mixture of demands", () => {
    /** Each demand in a form that ben misses; what ben does not miss is not demanded. */
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

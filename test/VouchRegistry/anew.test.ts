import { expect } from "chai";
import { packEdge, Stance } from "../utils/vouchEdge.ts";
import { freshEdge, offerOf, type StakingFunction, stakingFunctions } from "../utils/vouchTwins.ts";
import {
  type Agent,
  burn,
  checkIn,
  DAY,
  disown,
  EARNABLE,
  emits,
  expectSums,
  grownWorld,
  loadFixture,
  MAX_SILENCE,
  networkHelpers,
  nextBlockAt,
  openArbitration,
  refused,
  renew,
  resume,
  retire,
  revoke,
  rotate,
  STANDING,
  Status,
  startOf,
  suspend,
  time,
  UNKNOWN,
  VouchState,
  vouch,
  type World,
  warn,
} from "../utils/vouchWorld.ts";

/** What became of an edge of 10 points, made in period 0 to end with period 3, before it is made anew. */
interface History {
  name: string;
  /** Only a vouch can have become that. */
  isOfVouches?: true;
  happens(world: World): Promise<unknown>;
  /** Points that are locked. */
  stake: bigint;
  burned?: bigint;
  /** Last period in which they are. */
  release: bigint;
  /** The period in which it is made anew. */
  current: bigint;
  isEnded?: true;
  isRefused?: true;
}

const LONG = { release: 4n, current: 0n };
const SHORT = { release: 1n, current: 0n, isEnded: true } as const;

const histories: History[] = [
  { name: "is live", happens: async () => undefined, stake: 10n, ...LONG },
  {
    name: "lapsed",
    isOfVouches: true,
    happens: async (world) => {
      const [key] = world.spare;
      world.ben = await rotate(world, world.ben, key);
    },
    stake: 10n,
    ...LONG,
  },
  {
    name: "was burned to a crumb",
    happens: (world) => burn(world, world.ada, world.ben, world.cleo, 9n),
    stake: 1n,
    burned: 9n,
    ...LONG,
  },
  {
    name: "was burned out",
    happens: (world) => burn(world, world.ada, world.ben, world.cleo, 10n),
    stake: 0n,
    burned: 10n,
    ...LONG,
  },
  { name: "was revoked", happens: (world) => revoke(world, world.ada, world.ben), stake: 10n, ...SHORT },
  {
    name: "was disowned",
    isOfVouches: true,
    happens: (world) => disown(world, world.ada, world.ben),
    stake: 10n,
    ...SHORT,
    isRefused: true,
  },
  {
    name: "was burned to a crumb, then revoked",
    happens: async (world) => {
      await burn(world, world.ada, world.ben, world.cleo, 9n);
      await revoke(world, world.ada, world.ben);
    },
    stake: 1n,
    burned: 9n,
    ...SHORT,
  },
  {
    name: "was revoked, then burned out",
    happens: async (world) => {
      await revoke(world, world.ada, world.ben);
      await burn(world, world.ada, world.ben, world.cleo, 10n);
    },
    stake: 0n,
    burned: 10n,
    ...SHORT,
  },
  {
    name: "has ended, in the first second of its tail",
    happens: () => time.increaseTo(startOf(4n) - 1n),
    stake: 10n,
    release: 4n,
    current: 4n,
    isEnded: true,
  },
  {
    name: "has ended and was burned to a crumb in its tail",
    happens: async (world) => {
      await time.increaseTo(startOf(4n));
      await burn(world, world.ada, world.ben, world.cleo, 9n);
    },
    stake: 1n,
    burned: 9n,
    release: 4n,
    current: 4n,
    isEnded: true,
  },
];

for (const fn of stakingFunctions) {
  for (const earlier of [Stance.For, Stance.Against]) {
    const wasFor = earlier === Stance.For;
    const isFor = fn.stance === Stance.For;

    describe(`VouchRegistry > ${fn.name}, anew, over a ${wasFor ? "vouch" : "warning"}`, () => {
      for (const history of histories) {
        if (history.isOfVouches && !wasFor) continue;
        const { stake: locked, burned = 0n, release, current } = history;

        describe(`that ${history.name}`, () => {
          let world: World;
          let ada: Agent;
          let ben: Agent;
          let cleo: Agent;
          let dan: Agent;

          const make = (terms: { stake: bigint; periods: bigint; arbiter?: Agent }) =>
            (wasFor ? vouch : warn)(world, ada, ben, terms);

          /** As told, under the arbiter cleo; three points each for and against ben by others count beside it. */
          async function scene(): Promise<World> {
            world = { ...(await loadFixture(grownWorld)) };
            ({ ada, ben, cleo } = world);
            await make({ stake: 10n, periods: 3n, arbiter: cleo });
            // Fifteen more are locked elsewhere, so that five are free.
            await vouch(world, ada, world.eve, { stake: 15n, periods: 6n });
            await history.happens(world);
            // Given to the key that ben has now.
            await vouch(world, world.eve, world.ben, { stake: 3n, periods: 6n });
            await warn(world, world.finn, world.ben, { stake: 3n, periods: 6n });
            return world;
          }

          beforeEach(async () => {
            world = await loadFixture(scene);
            ({ ada, ben, cleo, dan } = world);
          });

          const least = { stake: locked > 0n ? locked : 1n, arbiterId: 3n };
          /** The fewest periods that release nothing earlier; one where that is no constraint. */
          const periods = release - current - 1n > 1n ? release - current - 1n : 1n;
          const anew = (changes: Parameters<typeof offerOf>[2] = {}) =>
            fn.stake(world, offerOf(ada, ben, { ...least, periods, ...changes }), ada.owner);
          const isRefused = (sent: Promise<unknown>, error: string, ...args: unknown[]) =>
            refused(sent, world.vouches, error, ...args);
          const expectStaked = (stake: bigint) =>
            expectSums(world, ben, 3n + (isFor ? stake : 0n), 3n + (isFor ? 0n : stake));

          if (isFor && history.isRefused) {
            it("should revert: the subject refused it", async () => {
              await isRefused(anew(), "VouchRefused", ada.id, ben.id, release);
              await isRefused(anew({ arbiterId: 0n }), "VouchRefused", ada.id, ben.id, release);
            });
            return;
          }

          if (fn.stance === earlier && !history.isEnded) {
            it("should revert: that is for renew", async () => {
              await isRefused(anew({ stake: 12n, periods: 6n }), "VouchExists", ada.id, ben.id, release);
              await isRefused(anew({ stake: 1n, periods: 1n, arbiterId: 0n }), "VouchExists", ada.id, ben.id, release);
            });
            return;
          }

          it("with what is locked and not released earlier, it should count at once and lock no more", async () => {
            await anew();
            await expectStaked(least.stake);
            const points = await world.vouches.standingOf(ada.id);
            expect([points.standing, points.staked, points.burned]).to.deep.equal([
              STANDING - burned,
              15n + least.stake,
              burned,
            ]);
          });

          it(`should emit ${fn.event} with the whole edge, dated now, and answer it from vouchOf`, async () => {
            const offer = offerOf(ada, ben, { ...least, periods });
            const since = await nextBlockAt();
            const edge = packEdge({
              ...freshEdge(fn, offer, since, current),
              subjectKeyEpoch: history.name === "lapsed" ? 1n : 0n,
              refused: history.isRefused ? 1n : 0n,
            });
            const sent = fn.stake(world, offer, ada.owner);
            await emits(sent, world.vouches, fn.event, ada.id, ben.id, edge, offer.topic, offer.evidence);
            const { page } = await world.vouches.vouchersOf(ben.id, 0, 10);
            expect(page.map((each) => each.voucherId)).to.deep.equal([6n, 5n, ada.id]);
            const view = await world.vouches.vouchOf(ada.id, ben.id);
            const { stance, state, isActive, isBurnable, arbiterId } = view;
            expect({ stance, state, isActive, isBurnable, arbiterId }).to.deep.equal({
              stance: fn.stance,
              state: VouchState.Active,
              isActive: true,
              isBurnable: true,
              arbiterId: cleo.id,
            });
            expect([view.stake, view.since]).to.deep.equal([least.stake, since]);
          });

          it("should count to its new end and be locked to its new release, to the second", async () => {
            await anew({ periods: 6n });
            const end = current + 6n;
            await time.increaseTo(startOf(end + 1n) - 1n);
            expect((await world.vouches.vouchOf(ada.id, ben.id)).isActive).to.equal(true);
            await time.increaseTo(startOf(end + 1n));
            expect((await world.vouches.vouchOf(ada.id, ben.id)).isActive).to.equal(false);
            expect(await world.vouches.supportOf(ben.id)).to.deep.equal([0n, 0n]);
            await time.increaseTo(startOf(end + 2n) - 1n);
            const elsewhere = current === 0n ? 15n : 0n; // locked as long, or released before
            expect((await world.vouches.standingOf(ada.id)).staked).to.equal(elsewhere + least.stake);
            await time.increaseTo(startOf(end + 2n));
            expect((await world.vouches.standingOf(ada.id)).staked).to.equal(0n);
          });

          it("with fewer points than are locked, it should revert", async () => {
            if (locked <= 1n) await isRefused(anew({ stake: 0n }), "ZeroStake", ada.id, ben.id);
            else await isRefused(anew({ stake: locked - 1n }), "StakeShrinks", locked, locked - 1n);
          });

          it("with more points, it should take those that are added out of the free ones, to the last", async () => {
            await anew({ stake: locked + 5n });
            await expectStaked(locked + 5n);
            const { staked, free } = await world.vouches.standingOf(ada.id);
            expect([staked, free]).to.deep.equal([20n + locked, 0n]);
          });

          it("with one point more than is free, it should revert and say how many are", async () => {
            const earnable = current === 0n ? EARNABLE : MAX_SILENCE / DAY;
            await isRefused(anew({ stake: locked + 6n }), "InsufficientStanding", ada.id, 5n, 6n, earnable);
          });

          if (periods > 1n && locked === 0n) {
            it("as nothing is locked, it should take an earlier release", async () => {
              await anew({ periods: 1n });
              expect((await world.vouches.vouchOf(ada.id, ben.id)).releasePeriod).to.equal(current + 2n);
            });
          } else if (periods > 1n) {
            it("with an earlier release, it should revert", async () => {
              await isRefused(anew({ periods: periods - 1n }), "ReleaseShortens", release, release - 1n);
              await isRefused(anew({ periods: 1n, stake: locked + 5n }), "ReleaseShortens", release, 2n);
            });
          }

          it("with a later release, it should be taken", async () => {
            await anew({ periods: periods + 1n });
            const { endPeriod, releasePeriod } = await world.vouches.vouchOf(ada.id, ben.id);
            expect([endPeriod, releasePeriod]).to.deep.equal([current + periods + 1n, current + periods + 2n]);
          });

          if (locked === 0n) {
            it("as nothing is locked, it should take another arbiter that agreed, or none, and no other", async () => {
              await isRefused(anew({ arbiterId: ada.id }), "InvalidArbiter", ada.id);
              await isRefused(anew({ arbiterId: UNKNOWN }), "UnknownIdentity", UNKNOWN);
              await world.identities.connect(dan.owner).setArbitration(dan.id, false);
              await isRefused(anew({ arbiterId: dan.id }), "NotArbiter", dan.id);
              await openArbitration(world, dan);
              const { restore } = await networkHelpers.takeSnapshot();
              for (const arbiterId of [dan.id, 0n]) {
                await anew({ arbiterId });
                expect((await world.vouches.vouchOf(ada.id, ben.id)).arbiterId).to.equal(arbiterId);
                await restore();
              }
            });
          } else {
            it("with another arbiter, none or an unknown one, it should revert", async () => {
              for (const arbiterId of [dan.id, 0n, ada.id, ben.id, UNKNOWN, (1n << 40n) + cleo.id]) {
                await isRefused(anew({ arbiterId }), "ArbiterChanges", cleo.id, arbiterId);
              }
            });
          }

          if (locked === 0n) {
            it("as nothing is locked, it should ask the same arbiter as if it were named for the first time", async () => {
              await suspend(world, cleo);
              await isRefused(anew(), "NotActive", cleo.id, Status.Suspended);
              await resume(world, cleo);
              await world.identities.connect(cleo.owner).setArbitration(cleo.id, false);
              await isRefused(anew(), "NotArbiter", cleo.id);
              await anew({ arbiterId: 0n });
            });
          } else {
            it("should ask the same arbiter for nothing: not to agree again, nor to be there", async () => {
              await world.identities.connect(cleo.owner).setArbitration(cleo.id, false);
              await suspend(world, cleo);
              await anew();
              const { arbiterId, arbiterStatus, isBurnable } = await world.vouches.vouchOf(ada.id, ben.id);
              expect([arbiterId, arbiterStatus, isBurnable]).to.deep.equal([cleo.id, Status.Suspended, false]);
            });
          }

          it("should leave the arbiter free to burn it, to the last point, and no other", async () => {
            await anew({ stake: locked + 5n });
            const byDan = world.vouches.connect(dan.owner).burn(ada.id, ben.id, 1, "");
            await isRefused(byDan, "NotOwner", cleo.id, dan.owner.address);
            await burn(world, ada, ben, cleo, 2n);
            await expectStaked(locked + 3n);
            await isRefused(burn(world, ada, ben, cleo, locked + 4n), "InvalidBurn", locked + 4n, locked + 3n);
            await burn(world, ada, ben, cleo, locked + 3n);
            await expectStaked(0n);
            const points = await world.vouches.standingOf(ada.id);
            expect([points.burned, points.staked]).to.deep.equal([burned + locked + 5n, 15n]);
          });
        });
      }

      describe("that named no arbiter and is locked", () => {
        let world: World;
        let ada: Agent;
        let ben: Agent;
        let cleo: Agent;
        beforeEach(async () => {
          world = await loadFixture(grownWorld);
          ({ ada, ben, cleo } = world);
          await (wasFor ? vouch : warn)(world, ada, ben, { stake: 10n, periods: 3n });
          // Over its own stance it is made anew once it was revoked.
          if (fn.stance === earlier) await revoke(world, ada, ben);
        });

        const anew = (arbiterId: bigint) => fn.stake(world, offerOf(ada, ben, { periods: 3n, arbiterId }), ada.owner);
        const isRefused = (sent: Promise<unknown>, error: string, ...args: unknown[]) =>
          refused(sent, world.vouches, error, ...args);

        it("should take none again", async () => {
          await anew(0n);
          expect((await world.vouches.vouchOf(ada.id, ben.id)).arbiterId).to.equal(0n);
        });

        it("should take one now, who may burn it, and keep that arbiter when it is made anew once more", async () => {
          await anew(cleo.id);
          await burn(world, ada, ben, cleo, 1n);
          await revoke(world, ada, ben);
          await isRefused(anew(0n), "ArbiterChanges", cleo.id, 0n);
          await anew(cleo.id);
          expect((await world.vouches.vouchOf(ada.id, ben.id)).stake).to.equal(10n);
        });

        it("should ask one who is named now all that it asks of any", async () => {
          await isRefused(anew(ada.id), "InvalidArbiter", ada.id);
          await isRefused(anew(ben.id), "InvalidArbiter", ben.id);
          await isRefused(anew(UNKNOWN), "UnknownIdentity", UNKNOWN);
          await world.identities.connect(cleo.owner).setArbitration(cleo.id, false);
          await isRefused(anew(cleo.id), "NotArbiter", cleo.id);
          await openArbitration(world, cleo);
          await suspend(world, cleo);
          await isRefused(anew(cleo.id), "NotActive", cleo.id, Status.Suspended);
          await retire(world, world.dan);
          await isRefused(anew(world.dan.id), "NotActive", world.dan.id, Status.Retired);
        });
      });

      describe("whose tail is over", () => {
        it("should start from nothing: any arbiter, any stake, any end, and every point free before", async () => {
          const world = await loadFixture(grownWorld);
          const { ada, ben, cleo, dan } = world;
          await (wasFor ? vouch : warn)(world, ada, ben, { stake: STANDING, periods: 1n, arbiter: cleo });
          await nextBlockAt(startOf(3n));
          await fn.stake(world, offerOf(ada, ben, { stake: 1n, arbiterId: dan.id }), ada.owner);
          await expectSums(world, ben, isFor ? 1n : 0n, isFor ? 0n : 1n);
          expect((await world.vouches.standingOf(ada.id)).staked).to.equal(1n);
        });
      });
    });
  }
}

describe("VouchRegistry > anew, again and again", () => {
  let world: World;
  let ada: Agent;
  let ben: Agent;
  let cleo: Agent;
  beforeEach(async () => {
    world = await loadFixture(grownWorld);
    ({ ada, ben, cleo } = world);
  });

  const isRefused = (sent: Promise<unknown>, error: string, ...args: unknown[]) =>
    refused(sent, world.vouches, error, ...args);
  const terms = { stake: STANDING, periods: 3n };
  const locked = async () => (await world.vouches.standingOf(ada.id)).staked;

  it("should move the same points from one sum to the other, in one place of each list, each time dated anew", async () => {
    const dates: bigint[] = [];
    for (const make of [vouch, warn, vouch, warn]) {
      await time.increase(3600);
      dates.push(await make(world, ada, ben, terms));
      const isFor = make === vouch;
      await expectSums(world, ben, isFor ? STANDING : 0n, isFor ? 0n : STANDING);
      expect(await locked()).to.equal(STANDING);
      expect((await world.vouches.vouchOf(ada.id, ben.id)).since).to.equal(dates.at(-1));
      const [page] = await world.vouches.vouchersOf(ben.id, 0, 10);
      const [given] = await world.vouches.vouchesBy(ada.id, 0, 10);
      expect([page.length, given.length]).to.deep.equal([1, 1]);
    }
    expect(new Set(dates).size).to.equal(4);
  });

  it("should date it now, whatever it was weighted by before", async () => {
    await vouch(world, ada, ben, { stake: 1n, periods: 3n });
    await time.increase(10n * DAY);
    await renew(world, ada, ben, 9n, 3n);
    const now = await warn(world, ada, ben, { stake: 10n, periods: 3n });
    expect((await world.vouches.vouchOf(ada.id, ben.id)).since).to.equal(now);
  });

  it("should ask for arbiter, stake and release in this order, before it asks for points", async () => {
    await vouch(world, ada, ben, { stake: 10n, periods: 3n, arbiter: cleo });
    const as = world.vouches.connect(ada.owner);
    const wrong = (stake: bigint, periods: bigint, arbiterId: bigint) =>
      as.warn(ada.id, ben.id, stake, periods, arbiterId, `0x${"00".repeat(32)}`, "");
    await isRefused(wrong(9n, 2n, 0n), "ArbiterChanges", cleo.id, 0n);
    await isRefused(wrong(9n, 2n, cleo.id), "StakeShrinks", 10n, 9n);
    await isRefused(wrong(99n, 2n, cleo.id), "ReleaseShortens", 4n, 3n);
    await isRefused(wrong(99n, 3n, cleo.id), "InsufficientStanding", ada.id, STANDING - 10n, 89n, EARNABLE);
    await isRefused(wrong(0n, 2n, 0n), "ZeroStake", ada.id, ben.id);
    await isRefused(wrong(9n, 7n, 0n), "InvalidPeriods", 7n, 6n);
  });

  it("should find what it is made over counting to the last second of its last period, and not after", async () => {
    await vouch(world, ada, ben, { stake: 10n });
    await vouch(world, cleo, ben, { stake: 10n });
    await time.increaseTo(startOf(2n) - 3n);
    await isRefused(vouch(world, ada, ben, { stake: 10n }), "VouchExists", ada.id, ben.id, 2n);
    await warn(world, ada, ben, { stake: 10n });
    await expectSums(world, ben, 10n, 10n);
    await time.increaseTo(startOf(2n));
    await vouch(world, cleo, ben, { stake: 10n });
  });

  it("should ask for the whole stake once the tail is over: nothing is locked then", async () => {
    await vouch(world, ada, ben, { stake: 10n });
    await time.increaseTo(startOf(3n));
    await vouch(world, ada, cleo, { stake: STANDING - 5n });
    const again = (stake: bigint) => vouch(world, ada, ben, { stake });
    await isRefused(again(10n), "InsufficientStanding", ada.id, 5n, 10n, MAX_SILENCE / DAY);
    await again(5n);
  });

  it("should take what it adds out of the voucher's points, whatever the subject has", async () => {
    const { dan } = world;
    const [key] = world.spare;
    await world.identities.connect(key)["register()"]();
    const newcomer = { id: 7n, owner: key };
    await vouch(world, ada, newcomer, { stake: 10n });
    await warn(world, ada, newcomer, { stake: STANDING });
    expect((await world.vouches.standingOf(ada.id)).free).to.equal(0n);

    await checkIn(world, ben); // which has more points than dan now
    await vouch(world, dan, ben, { stake: 10n });
    const free = STANDING - 10n;
    await isRefused(
      warn(world, dan, ben, { stake: STANDING + 1n }),
      "InsufficientStanding",
      dan.id,
      free,
      free + 1n,
      EARNABLE,
    );
  });

  it("should take a warning about a suspended subject over the own vouch, and no vouch over the warning", async () => {
    await vouch(world, ada, ben, terms);
    await suspend(world, ben);
    await warn(world, ada, ben, terms);
    await expectSums(world, ben, 0n, STANDING);
    await isRefused(vouch(world, ada, ben, terms), "NotActive", ben.id, Status.Suspended);
  });

  it("should take neither of a suspended voucher, nor of one for a retired subject", async () => {
    await vouch(world, ada, ben, terms);
    await suspend(world, ada);
    await isRefused(warn(world, ada, ben, terms), "NotActive", ada.id, Status.Suspended);
    await world.identities.connect(ada.owner).resume(ada.id);
    await retire(world, ben);
    await isRefused(warn(world, ada, ben, terms), "NotActive", ben.id, Status.Retired);
  });

  it("should keep the same arbiter though it retired, and nobody can burn it then", async () => {
    await vouch(world, ada, ben, { ...terms, arbiter: cleo });
    await retire(world, cleo);
    await warn(world, ada, ben, { ...terms, arbiter: cleo });
    const { arbiterStatus, isBurnable } = await world.vouches.vouchOf(ada.id, ben.id);
    expect([arbiterStatus, isBurnable]).to.deep.equal([Status.Retired, false]);
    await isRefused(burn(world, ada, ben, cleo, 1n), "NotActive", cleo.id, Status.Retired);
  });

  it("should note the key epochs of both at that moment", async () => {
    await warn(world, ada, ben, { stake: 10n, periods: 3n });
    const rekeyed = { ada: await rotate(world, ada, world.spare[0]), ben: await rotate(world, ben, world.spare[1]) };
    await vouch(world, rekeyed.ada, rekeyed.ben, { stake: 10n, periods: 3n });
    const edge = await world.vouches.vouchOf(ada.id, ben.id);
    expect([edge.voucherKeyEpoch, edge.subjectKeyEpoch, edge.isActive]).to.deep.equal([1n, 1n, true]);
    await expectSums(world, ben, 10n, 0n);
  });

  describe("given a vouch lapsed with the subject's key", () => {
    it("a warning over it should leave what others gave to the next key alone, whether anybody gave before or not", async () => {
      for (const isFirst of [true, false]) {
        world = await loadFixture(grownWorld);
        await vouch(world, ada, ben, { stake: 10n, periods: 3n });
        const rekeyed = await rotate(world, ben, world.spare[0]);
        if (!isFirst) await vouch(world, world.dan, rekeyed, { stake: 4n, periods: 3n });
        await warn(world, ada, rekeyed, { stake: 10n, periods: 3n });
        await expectSums(world, ben, isFirst ? 0n : 4n, 10n);
        if (isFirst) await vouch(world, world.dan, rekeyed, { stake: 4n, periods: 3n });
        await expectSums(world, ben, 4n, 10n);
        await vouch(world, ada, rekeyed, { stake: 10n, periods: 3n });
        await expectSums(world, ben, 14n, 0n);
      }
    });
  });

  describe("given the subject disowned a vouch and was warned about over it", () => {
    const warning = { stake: 10n, periods: 4n };
    beforeEach(async () => {
      await vouch(world, ada, ben, { stake: 10n, periods: 3n });
      await disown(world, ada, ben);
      await warn(world, ada, ben, warning);
    });
    const again = { stake: 30n, periods: 6n };

    it("no vouch should come over the warning, to the last second in which it is locked, and then one should", async () => {
      for (const moment of [startOf(1n), startOf(5n), startOf(6n) - 1n]) {
        await time.increaseTo(moment - 1n);
        await isRefused(vouch(world, ada, ben, again), "VouchRefused", ada.id, ben.id, 5n);
      }
      await time.increaseTo(startOf(6n) - 1n);
      await vouch(world, ada, ben, again); // in the second after
      await expectSums(world, ben, 30n, 0n);
      await warn(world, ada, ben, again);
      await vouch(world, ada, ben, again); // no longer refused
    });

    it("no vouch should come over it after it was revoked, renewed, made anew or burned, while it is locked", async () => {
      await renew(world, ada, ben, 1n, 6n);
      await isRefused(vouch(world, ada, ben, again), "VouchRefused", ada.id, ben.id, 7n);
      await revoke(world, ada, ben);
      await isRefused(vouch(world, ada, ben, again), "VouchRefused", ada.id, ben.id, 1n);
      await warn(world, ada, ben, { stake: 11n, periods: 2n, arbiter: cleo });
      await isRefused(vouch(world, ada, ben, again), "VouchRefused", ada.id, ben.id, 3n);
      await burn(world, ada, ben, cleo, 11n);
      await isRefused(vouch(world, ada, ben, again), "VouchRefused", ada.id, ben.id, 3n);
      await nextBlockAt(startOf(4n));
      await world.vouches.connect(ada.owner).vouch(ada.id, ben.id, 1, 1, 0, `0x${"00".repeat(32)}`, "");
      await expectSums(world, ben, 1n, 0n);
    });

    it("the subject should not refuse the warning", async () => {
      await isRefused(disown(world, ada, ben), "WarningNotDisownable", ada.id, ben.id);
      await expectSums(world, ben, 0n, 10n);
    });

    it("the warning's own events should carry the mark, and its voucher may warn again", async () => {
      await revoke(world, ada, ben);
      const since = await nextBlockAt();
      const fn = stakingFunctions.find(({ name }) => name === "warn") as StakingFunction;
      const offer = offerOf(ada, ben, warning);
      const edge = packEdge({ ...freshEdge(fn, offer, since, 0n), refused: 1n });
      const sent = fn.stake(world, offer, ada.owner);
      await emits(sent, world.vouches, "Warned", ada.id, ben.id, edge, offer.topic, offer.evidence);
    });
  });
});

import { expect } from "chai";
import { EdgeState, packEdge, Stance } from "../utils/vouchEdge.ts";
import {
  type Agent,
  burn,
  checkIn,
  DAY,
  disown,
  EARNABLE,
  emits,
  ethers,
  expectPoints,
  expectSums,
  grownWorld,
  loadFixture,
  MAX_SILENCE,
  nextBlockAt,
  refused,
  renew,
  resume,
  retire,
  revoke,
  rotate,
  STANDING,
  Status,
  setWallet,
  startOf,
  suspend,
  time,
  UNKNOWN,
  VouchState,
  vouch,
  type World,
  warn,
} from "../utils/vouchWorld.ts";

describe("VouchRegistry > renew", () => {
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

  for (const stance of [Stance.For, Stance.Against]) {
    const isFor = stance === Stance.For;
    const make = isFor ? vouch : warn;
    const expectStaked = (stake: bigint) => expectSums(world, ben, isFor ? stake : 0n, isFor ? 0n : stake);

    describe(`given a live ${isFor ? "vouch" : "warning"} of 10 points that ends with period 2`, () => {
      let since: bigint;
      beforeEach(async () => {
        since = await make(world, ada, ben, { stake: 10n, periods: 2n, arbiter: cleo });
      });

      const edgeWith = (stake: bigint, endPeriod: bigint, date = since) =>
        packEdge({
          stake,
          since: date,
          endPeriod,
          releasePeriod: endPeriod + 1n,
          stance,
          state: EdgeState.Live,
          subjectKeyEpoch: 0n,
          voucherKeyEpoch: 0n,
          arbiterId: cleo.id,
          nextVoucher: 0n,
          nextSubject: 0n,
          refused: 0n,
        });

      /** The date that an edge has once points are added in the next block, which this fixes. */
      const dateAfter = async (stake: bigint, added: bigint): Promise<bigint> => {
        const at = await nextBlockAt();
        const total = stake + added;
        return (since * stake + at * added + total - 1n) / total;
      };

      describe("its date", () => {
        const dateOf = async (subject = world.dan) => (await world.vouches.vouchOf(ada.id, subject.id)).since;

        for (const [stake, added] of [
          [1n, 1n],
          [1n, 2n],
          [1n, STANDING - 11n],
          [7n, 4n],
          [10n, 1n],
        ] as const) {
          it(`given ${stake} points that get ${added} more a hundred days later, should be the mean of all, to the later second`, async () => {
            const first = await make(world, ada, world.dan, { stake, periods: 6n });
            const later = first + 100n * DAY + 1n;
            await nextBlockAt(later);
            await renew(world, ada, world.dan, added, 6n);
            const dates = [...Array<bigint>(Number(stake)).fill(first), ...Array<bigint>(Number(added)).fill(later)];
            const sum = dates.reduce((total, date) => total + date, 0n);
            const count = stake + added;
            const mean = sum % count === 0n ? sum / count : sum / count + 1n;
            expect(await dateOf()).to.equal(mean);
            expect(mean > first && mean <= later).to.equal(true);
          });
        }

        it("should be weighted by what is there, once more each time", async () => {
          const first = await make(world, ada, world.dan, { stake: 2n, periods: 6n });
          await nextBlockAt(first + 10n);
          await renew(world, ada, world.dan, 2n, 6n); // as if four were made at + 5
          expect(await dateOf()).to.equal(first + 5n);
          await nextBlockAt(first + 20n);
          await renew(world, ada, world.dan, 1n, 6n);
          expect(await dateOf()).to.equal(first + 8n); // 4 * 5 + 1 * 20 over 5
        });

        it("should stay where it is only extended, or affirmed for keys that changed", async () => {
          await renew(world, ada, ben, 0n, 3n);
          expect(await dateOf(ben)).to.equal(since);
          const rekeyed = await rotate(world, ben, world.spare[0]);
          await time.increase(DAY);
          await renew(world, ada, rekeyed, 0n, 3n);
          expect(await dateOf(ben)).to.equal(since);
        });

        it("should stay through a burn, and be weighted by what that left", async () => {
          await burn(world, ada, ben, cleo, 8n);
          expect(await dateOf(ben)).to.equal(since);
          await nextBlockAt(since + 400n);
          await renew(world, ada, ben, 2n, 2n);
          expect(await dateOf(ben)).to.equal(since + 200n);
        });

        it("given all of it was burned, should be that of the points that are added", async () => {
          await burn(world, ada, ben, cleo, 10n);
          const now = await nextBlockAt(since + 1_000n);
          await renew(world, ada, ben, 3n, 2n);
          expect(await dateOf(ben)).to.equal(now);
        });

        it("given it is raised within its own second, should stay", async () => {
          const moment = await nextBlockAt();
          const data = [
            world.vouches.interface.encodeFunctionData((isFor ? "vouch" : "warn") as "vouch", [
              ada.id,
              world.dan.id,
              1n,
              2n,
              0n,
              ethers.ZeroHash,
              "",
            ]),
            world.vouches.interface.encodeFunctionData("renew", [ada.id, world.dan.id, 2n, 2n]),
          ];
          await world.vouches.connect(ada.owner).multicall(data);
          expect(await dateOf()).to.equal(moment);
        });
      });

      it("when it is extended, it should emit Renewed with the whole edge and count longer", async () => {
        const sent = renew(world, ada, ben, 0n, 6n);
        await emits(sent, world.vouches, "Renewed", ada.id, ben.id, edgeWith(10n, 6n));
        await expectStaked(10n);
        await expectPoints(world, ada, { staked: 10n });
        await time.increaseTo(startOf(7n) - 1n);
        await expectStaked(10n);
        await time.increaseTo(startOf(7n));
        await expectStaked(0n);
        await expectPoints(world, ada, { staked: 10n });
        await time.increaseTo(startOf(8n));
        await expectPoints(world, ada, {});
      });

      it("when it is raised, it should emit Renewed with the whole edge and count more", async () => {
        await time.increase(3n * DAY);
        const edge = edgeWith(15n, 2n, await dateAfter(10n, 5n));
        await emits(renew(world, ada, ben, 5n, 2n), world.vouches, "Renewed", ada.id, ben.id, edge);
        await expectStaked(15n);
        await expectPoints(world, ada, { staked: 15n });
      });

      it("when it is extended and raised at once, it should do both", async () => {
        const edge = edgeWith(15n, 3n, await dateAfter(10n, 5n));
        await emits(renew(world, ada, ben, 5n, 3n), world.vouches, "Renewed", ada.id, ben.id, edge);
        await expectStaked(15n);
      });

      it("when another stake ends in the same period, it should leave that stake where it is", async () => {
        await make(world, world.dan, ben, { stake: 4n, periods: 2n });
        await renew(world, ada, ben, 0n, 3n);
        await expectStaked(14n);
        await time.increaseTo(startOf(3n));
        await expectStaked(10n);
      });

      it("when raised by all that is free, it should leave nothing free", async () => {
        await renew(world, ada, ben, STANDING - 10n, 2n);
        await expectPoints(world, ada, { staked: STANDING });
      });

      it("when raised by one point more than is free, it should revert and say how much is", async () => {
        const sent = renew(world, ada, ben, STANDING - 9n, 2n);
        await isRefused(sent, "InsufficientStanding", ada.id, STANDING - 10n, STANDING - 9n, EARNABLE);
      });

      it("when raised by 2^256 - 1, it should revert and say how much is free", async () => {
        const sent = renew(world, ada, ben, ethers.MaxUint256, 2n);
        await isRefused(sent, "InsufficientStanding", ada.id, STANDING - 10n, ethers.MaxUint256, EARNABLE);
      });

      it("when it would end earlier, it should revert", async () => {
        await isRefused(renew(world, ada, ben, 0n, 1n), "RenewalShortens", 2n, 1n);
      });

      it("when it would end earlier but hold more, it should revert", async () => {
        await isRefused(renew(world, ada, ben, 5n, 1n), "RenewalShortens", 2n, 1n);
      });

      it("when nothing would change, it should revert", async () => {
        await isRefused(renew(world, ada, ben, 0n, 2n), "NothingToRenew", ada.id, ben.id);
      });

      it("when only the voucher's key changed, it should take note of the new key", async () => {
        const rekeyed = await rotate(world, ada, world.spare[0]);
        expect((await world.vouches.vouchOf(ada.id, ben.id)).voucherRekeyed).to.equal(true);
        await renew(world, rekeyed, ben, 0n, 2n);
        const edge = await world.vouches.vouchOf(ada.id, ben.id);
        expect([edge.voucherKeyEpoch, edge.voucherRekeyed]).to.deep.equal([1n, false]);
        await expectStaked(10n);
      });

      for (const periods of [0n, 7n, ethers.MaxUint256]) {
        it(`when the periods are ${periods > 7n ? "2^256 - 1" : periods}, it should revert`, async () => {
          await isRefused(renew(world, ada, ben, 1n, periods), "InvalidPeriods", periods, 6n);
        });
      }

      it("given the arbiter is suspended, it should keep the arbiter and renew", async () => {
        await suspend(world, cleo);
        const edge = edgeWith(15n, 3n, await dateAfter(10n, 5n));
        await emits(renew(world, ada, ben, 5n, 3n), world.vouches, "Renewed", ada.id, ben.id, edge);
      });

      it("given the arbiter is retired, it should keep the arbiter and renew", async () => {
        await retire(world, cleo);
        const edge = edgeWith(15n, 3n, await dateAfter(10n, 5n));
        await emits(renew(world, ada, ben, 5n, 3n), world.vouches, "Renewed", ada.id, ben.id, edge);
      });

      it("given it is the last second of the last period, it should extend without a gap or overlap", async () => {
        await nextBlockAt(startOf(3n) - 1n);
        await emits(renew(world, ada, ben, 0n, 1n), world.vouches, "Renewed", ada.id, ben.id, edgeWith(10n, 3n));
        await expectStaked(10n); // not twice, though both ends are ahead
        await time.increaseTo(startOf(3n));
        await expectStaked(10n);
      });

      for (const [when, at] of [
        ["first", startOf(3n)],
        ["last", startOf(4n) - 1n],
      ] as const) {
        it(`given it is the ${when} second of the tail, it should count again (late renewal)`, async () => {
          await time.increaseTo(at - 1n);
          await nextBlockAt(at);
          await emits(renew(world, ada, ben, 0n, 1n), world.vouches, "Renewed", ada.id, ben.id, edgeWith(10n, 4n));
          await expectStaked(10n);
          await expectPoints(world, ada, { staked: 10n });
        });
      }

      it("given it is the tail and all points are locked in it, it should need no free points", async () => {
        await renew(world, ada, ben, STANDING - 10n, 2n);
        await nextBlockAt(startOf(3n));
        await renew(world, ada, ben, 0n, 6n);
        await expectStaked(STANDING);
        await expectPoints(world, ada, { staked: STANDING });
        await isRefused(renew(world, ada, ben, 1n, 6n), "InsufficientStanding", ada.id, 0n, 1n, MAX_SILENCE / DAY);
      });

      it("given it is the tail, it should take added points out of the free ones, to the last and not one more", async () => {
        await nextBlockAt(startOf(3n));
        const sent = renew(world, ada, ben, STANDING - 9n, 1n);
        await isRefused(sent, "InsufficientStanding", ada.id, STANDING - 10n, STANDING - 9n, MAX_SILENCE / DAY);
        await renew(world, ada, ben, STANDING - 10n, 1n);
        await expectStaked(STANDING);
        await expectPoints(world, ada, { staked: STANDING });
      });

      it("given it is the first second after the tail, it should revert", async () => {
        await nextBlockAt(startOf(4n));
        await isRefused(renew(world, ada, ben, 5n, 1n), "VouchReleased", ada.id, ben.id, 3n);
      });

      it("given it was revoked, it should revert, in the tail and after", async () => {
        await revoke(world, ada, ben);
        await isRefused(renew(world, ada, ben, 5n, 6n), "VouchNotLive", ada.id, ben.id, VouchState.Revoked);
        await nextBlockAt(startOf(2n));
        await isRefused(renew(world, ada, ben, 5n, 6n), "VouchNotLive", ada.id, ben.id, VouchState.Revoked);
      });

      it("given a part was burned, it should raise what is left", async () => {
        await burn(world, ada, ben, cleo, 4n);
        const edge = edgeWith(7n, 2n, await dateAfter(6n, 1n));
        await emits(renew(world, ada, ben, 1n, 2n), world.vouches, "Renewed", ada.id, ben.id, edge);
        await expectStaked(7n);
        await expectPoints(world, ada, { standing: STANDING - 4n, staked: 7n, burned: 4n, scars: 1n });
      });

      it("given all of it was burned, it should revert when nothing is added", async () => {
        await burn(world, ada, ben, cleo, 10n);
        await isRefused(renew(world, ada, ben, 0n, 6n), "ZeroStake", ada.id, ben.id);
      });

      it("given all of it was burned, it should count again when points are added", async () => {
        await burn(world, ada, ben, cleo, 10n);
        await renew(world, ada, ben, 3n, 2n);
        await expectStaked(3n);
        const edge = await world.vouches.vouchOf(ada.id, ben.id);
        expect([edge.state, edge.isActive, edge.isBurnable]).to.deep.equal([VouchState.Active, true, true]);
      });

      it("given all of it was burned, it should ask the arbiter as if it were named for the first time", async () => {
        await burn(world, ada, ben, cleo, 10n);
        await suspend(world, cleo);
        await isRefused(renew(world, ada, ben, 3n, 2n), "NotActive", cleo.id, Status.Suspended);
        await resume(world, cleo);
        await world.identities.connect(cleo.owner).setArbitration(cleo.id, false);
        await isRefused(renew(world, ada, ben, 3n, 2n), "NotArbiter", cleo.id);
        await world.identities.connect(cleo.owner).setArbitration(cleo.id, true);
        await renew(world, ada, ben, 3n, 2n);
        await expectStaked(3n);
      });

      const isSuspended = async (agent: Agent) => {
        await suspend(world, agent);
        await isRefused(renew(world, ada, ben, 1n, 2n), "NotActive", agent.id, Status.Suspended);
        await resume(world, agent);
        await renew(world, ada, ben, 1n, 2n);
      };

      it("given the voucher is suspended, it should revert until it is resumed", async () => {
        await isSuspended(ada);
      });

      if (stance === Stance.For) {
        it("given the subject is suspended, it should revert until it is resumed", async () => {
          await isSuspended(ben);
        });
      } else {
        it("given the subject suspended itself to let the warning run out, it should renew", async () => {
          await suspend(world, ben);
          await renew(world, ada, ben, 1n, 2n);
          await expectStaked(11n);
        });
      }

      for (const [who, pick] of [
        ["voucher", () => ada],
        ["subject", () => ben],
      ] as const) {
        it(`given the ${who} is retired, it should revert`, async () => {
          await retire(world, pick());
          await isRefused(renew(world, ada, ben, 1n, 2n), "NotActive", pick().id, Status.Retired);
        });
      }

      it("when a stranger, the subject, the arbiter or the voucher's wallet calls, it should revert", async () => {
        await setWallet(world, ada, world.spare[1]);
        for (const caller of [world.relayer, ben.owner, cleo.owner, world.spare[1]]) {
          const sent = world.vouches.connect(caller).renew(ada.id, ben.id, 1, 2);
          await isRefused(sent, "NotOwner", ada.id, caller.address);
        }
      });

      it("when a former key of the voucher calls, it should revert", async () => {
        await rotate(world, ada, world.spare[0]);
        await isRefused(renew(world, ada, ben, 1n, 2n), "NotOwner", ada.id, ada.owner.address);
      });
    });
  }

  it("should take what it adds out of the voucher's points, whatever the subject has", async () => {
    const [key] = world.spare;
    await world.identities.connect(key)["register()"]();
    const newcomer = { id: 7n, owner: key };
    await vouch(world, ada, newcomer, { stake: 10n });
    await renew(world, ada, newcomer, STANDING - 10n, 1n);
    expect((await world.vouches.standingOf(ada.id)).free).to.equal(0n);

    await checkIn(world, ben); // which has more points than cleo now
    await vouch(world, cleo, ben, { stake: STANDING });
    await isRefused(renew(world, cleo, ben, 1n, 1n), "InsufficientStanding", cleo.id, 0n, 1n, EARNABLE);
  });

  it("given all was burned, it should ask the arbiter anew, the one with the first number too", async () => {
    expect(ada.id).to.equal(1n);
    for (const [arbiter, voucher] of [
      [ada, cleo],
      [cleo, ada],
    ] as const) {
      await vouch(world, voucher, ben, { stake: 5n, arbiter });
      await burn(world, voucher, ben, arbiter, 5n);
      await world.identities.connect(arbiter.owner).setArbitration(arbiter.id, false);
      await isRefused(renew(world, voucher, ben, 5n, 1n), "NotArbiter", arbiter.id);
    }
  });

  it("should say what a check-in would earn in that second, not in the next one", async () => {
    await vouch(world, ada, ben, { stake: STANDING });
    const [tenure, lastSeen] = await Promise.all([
      world.identities.tenureOf(ada.id),
      world.identities.lastSeen(ada.id),
    ]);
    const next = lastSeen + 12n * DAY - (tenure % DAY); // brings the twelfth point
    for (const [moment, earnable] of [
      [next - 1n, 11n],
      [next, 12n],
    ] as const) {
      await nextBlockAt(moment);
      const sent = world.vouches.connect(ada.owner).renew(ada.id, ben.id, 1n, 1n, { gasLimit: 500_000n });
      await isRefused(sent, "InsufficientStanding", ada.id, 0n, 1n, earnable);
    }
  });

  it("given a disowned vouch, it should revert", async () => {
    await vouch(world, ada, ben);
    await disown(world, ada, ben);
    await isRefused(renew(world, ada, ben, 5n, 6n), "VouchNotLive", ada.id, ben.id, VouchState.Disowned);
  });

  it("given no edge of the pair, it should revert", async () => {
    await isRefused(renew(world, ada, ben, 1n, 1n), "VouchNotFound", ada.id, ben.id);
  });

  it("given an edge in the other direction only, it should revert", async () => {
    await vouch(world, ben, ada);
    await isRefused(renew(world, ada, ben, 1n, 1n), "VouchNotFound", ada.id, ben.id);
  });

  it("given an unknown voucher, it should revert", async () => {
    await isRefused(world.vouches.renew(UNKNOWN, ben.id, 1, 1), "UnknownIdentity", UNKNOWN);
  });

  it("given an unknown subject, it should revert", async () => {
    await isRefused(world.vouches.connect(ada.owner).renew(ada.id, UNKNOWN, 1, 1), "UnknownIdentity", UNKNOWN);
  });
});

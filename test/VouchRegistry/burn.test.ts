import { expect } from "chai";
import { EdgeState, packEdge, Stance } from "../utils/vouchEdge.ts";
import {
  type Agent,
  burn,
  DAY,
  disown,
  EVIDENCE,
  emits,
  ethers,
  expectPoints,
  expectSums,
  grownWorld,
  loadFixture,
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
  withParameters,
} from "../utils/vouchWorld.ts";

describe("VouchRegistry > burn", () => {
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
  const burned = (amount: bigint, staked: bigint, scars = 1n) =>
    expectPoints(world, ada, { standing: STANDING - amount, staked, burned: amount, scars });

  for (const stance of [Stance.For, Stance.Against]) {
    const isFor = stance === Stance.For;
    const make = isFor ? vouch : warn;
    const expectStaked = (stake: bigint) => expectSums(world, ben, isFor ? stake : 0n, isFor ? 0n : stake);

    describe(`given a ${isFor ? "vouch" : "warning"} of 10 points that ends with period 1`, () => {
      let since: bigint;
      beforeEach(async () => {
        since = await make(world, ada, ben, { stake: 10n, periods: 1n, arbiter: cleo });
      });

      const liveEdge = (stake: bigint) =>
        packEdge({
          stake,
          since,
          endPeriod: 1n,
          releasePeriod: 2n,
          stance,
          state: EdgeState.Live,
          subjectKeyEpoch: 0n,
          voucherKeyEpoch: 0n,
          arbiterId: cleo.id,
          nextVoucher: 0n,
          nextSubject: 0n,
          refused: 0n,
        });

      it("when a part is burned in the last period in which it counts, the rest should count on", async () => {
        await nextBlockAt(startOf(2n) - 2n);
        await burn(world, ada, ben, cleo, 4n);
        await expectSums(world, ben, isFor ? 6n : 0n, isFor ? 0n : 6n);
      });

      it("when a part is burned, it should emit Burned with the whole edge, amount and evidence", async () => {
        const sent = burn(world, ada, ben, cleo, 4n);
        await emits(sent, world.vouches, "Burned", ada.id, ben.id, liveEdge(6n), 4n, EVIDENCE);
      });

      it("when a part is burned, it should take it from stake, sum and standing, and leave a scar", async () => {
        await burn(world, ada, ben, cleo, 4n);
        await expectStaked(6n);
        await burned(4n, 6n);
        const edge = await world.vouches.vouchOf(ada.id, ben.id);
        expect([edge.state, edge.isActive, edge.isBurnable, edge.stake]).to.deep.equal([
          VouchState.Active,
          true,
          true,
          6n,
        ]);
      });

      it("when burned part by part, it should count every scar", async () => {
        await burn(world, ada, ben, cleo, 4n);
        await burn(world, ada, ben, cleo, 5n);
        await expectStaked(1n);
        await burned(9n, 1n, 2n);
      });

      it("when all of it is burned, it should be Burned, inactive and not burnable", async () => {
        const sent = burn(world, ada, ben, cleo, 10n);
        await emits(sent, world.vouches, "Burned", ada.id, ben.id, liveEdge(0n), 10n, EVIDENCE);
        await expectStaked(0n);
        await burned(10n, 0n);
        const edge = await world.vouches.vouchOf(ada.id, ben.id);
        expect([edge.state, edge.isActive, edge.isBurnable, edge.stake]).to.deep.equal([
          VouchState.Burned,
          false,
          false,
          0n,
        ]);
        await isRefused(burn(world, ada, ben, cleo, 1n), "InvalidBurn", 1n, 0n);
      });

      it("when all of it is burned, it should stay Burned after its end", async () => {
        await burn(world, ada, ben, cleo, 10n);
        await time.increaseTo(startOf(5n));
        expect((await world.vouches.vouchOf(ada.id, ben.id)).state).to.equal(VouchState.Burned);
      });

      it("should pay nobody: the arbiter's standing stays as it is", async () => {
        await burn(world, ada, ben, cleo, 10n);
        await expectPoints(world, cleo, {});
        await expectPoints(world, ben, {});
      });

      it("should leave the stakes of others, and the voucher's others, alone", async () => {
        await make(world, world.dan, ben, { stake: 3n });
        await make(world, ada, world.eve, { stake: 5n });
        await burn(world, ada, ben, cleo, 10n);
        await expectStaked(3n);
        await burned(10n, 5n);
      });

      it("should count for ever", async () => {
        await burn(world, ada, ben, cleo, 10n);
        await time.increaseTo(startOf(100n));
        await burned(10n, 0n);
      });

      it("when the amount is 0, it should revert", async () => {
        await isRefused(burn(world, ada, ben, cleo, 0n), "InvalidBurn", 0n, 10n);
      });

      it("when the amount is one point more than the stake, it should revert", async () => {
        await isRefused(burn(world, ada, ben, cleo, 11n), "InvalidBurn", 11n, 10n);
      });

      it("when the amount is 2^256 - 1, it should revert", async () => {
        await isRefused(burn(world, ada, ben, cleo, ethers.MaxUint256), "InvalidBurn", ethers.MaxUint256, 10n);
      });

      it("when a stranger, the voucher, the subject or the arbiter's wallet calls, it should revert", async () => {
        await setWallet(world, cleo, world.spare[1]);
        for (const caller of [world.relayer, ada.owner, ben.owner, world.spare[1]]) {
          const sent = world.vouches.connect(caller).burn(ada.id, ben.id, 1, "");
          await isRefused(sent, "NotOwner", cleo.id, caller.address);
        }
      });

      it("given the arbiter's key changed, it should be burned by the new key and not by the old one", async () => {
        const rekeyed = await rotate(world, cleo, world.spare[0]);
        await isRefused(burn(world, ada, ben, cleo, 1n), "NotOwner", cleo.id, cleo.owner.address);
        await burn(world, ada, ben, rekeyed, 1n);
        await expectStaked(9n);
      });

      it("given the arbiter is suspended, it should revert until it is resumed", async () => {
        await suspend(world, cleo);
        await isRefused(burn(world, ada, ben, cleo, 1n), "NotActive", cleo.id, Status.Suspended);
        await resume(world, cleo);
        await burn(world, ada, ben, cleo, 1n);
      });

      it("given the arbiter is retired, it should revert", async () => {
        await retire(world, cleo);
        await isRefused(burn(world, ada, ben, cleo, 1n), "NotActive", cleo.id, Status.Retired);
      });

      it("given it has ended, it should burn to the last second of the tail", async () => {
        await nextBlockAt(startOf(2n));
        await burn(world, ada, ben, cleo, 1n);
        await nextBlockAt(startOf(3n) - 1n);
        await burn(world, ada, ben, cleo, 9n);
        await expectStaked(0n);
        await burned(10n, 0n, 2n);
      });

      it("given the tail is over, it should revert from the first second on", async () => {
        await time.increaseTo(startOf(3n) - 1n);
        expect((await world.vouches.vouchOf(ada.id, ben.id)).isBurnable).to.equal(true);
        await nextBlockAt(startOf(3n));
        await isRefused(burn(world, ada, ben, cleo, 1n), "VouchReleased", ada.id, ben.id, 2n);
        await time.increaseTo(startOf(3n));
        expect((await world.vouches.vouchOf(ada.id, ben.id)).isBurnable).to.equal(false);
      });

      it("given it was renewed in its tail, it should burn out of the new end's sum", async () => {
        await nextBlockAt(startOf(2n));
        await renew(world, ada, ben, 0n, 2n);
        await burn(world, ada, ben, cleo, 4n);
        await expectStaked(6n);
        await burned(4n, 6n);
      });

      it("given it was revoked, it should burn to the end of its tail without touching the sums of others", async () => {
        await make(world, world.dan, ben, { stake: 3n });
        await revoke(world, ada, ben);
        await nextBlockAt(startOf(2n) - 1n);
        await burn(world, ada, ben, cleo, 10n);
        await expectStaked(3n);
        await burned(10n, 0n);
      });

      it("given it was revoked and burned to the last point, it should say Revoked, and burnable no more", async () => {
        await revoke(world, ada, ben);
        await burn(world, ada, ben, cleo, 10n);
        const edge = await world.vouches.vouchOf(ada.id, ben.id);
        expect([edge.state, edge.isBurnable, edge.stake]).to.deep.equal([VouchState.Revoked, false, 0n]);
      });

      it("given it was revoked and its tail is over, it should revert", async () => {
        await revoke(world, ada, ben);
        await nextBlockAt(startOf(2n));
        await isRefused(burn(world, ada, ben, cleo, 1n), "VouchReleased", ada.id, ben.id, 1n);
      });

      const fates: [string, () => Promise<unknown>][] = [
        ["the voucher is suspended", () => suspend(world, ada)],
        ["the voucher is retired", () => retire(world, ada)],
        ["the voucher's key changed", () => rotate(world, ada, world.spare[0])],
        ["the subject is suspended", () => suspend(world, ben)],
        ["the subject is retired", () => retire(world, ben)],
        ["the subject's key changed", () => rotate(world, ben, world.spare[0])],
      ];
      for (const [what, happens] of fates) {
        it(`given ${what}, it should burn while it is live`, async () => {
          await happens();
          await burn(world, ada, ben, cleo, 4n);
          const edge = await world.vouches.vouchOf(ada.id, ben.id);
          const [, staked, gone, , scars] = await world.vouches.standingOf(ada.id);
          expect([edge.stake, staked, gone, scars]).to.deep.equal([6n, 6n, 4n, 1n]);
        });

        it(`given ${what}, it should burn in the last second of its tail and not after`, async () => {
          await happens();
          await nextBlockAt(startOf(3n) - 1n);
          await burn(world, ada, ben, cleo, 4n);
          await nextBlockAt(startOf(3n));
          await isRefused(burn(world, ada, ben, cleo, 1n), "VouchReleased", ada.id, ben.id, 2n);
        });
      }
    });
  }

  describe("given a disowned vouch", () => {
    beforeEach(async () => {
      await vouch(world, ada, ben, { stake: 10n, periods: 6n, arbiter: cleo });
      await disown(world, ada, ben);
    });

    it("should burn in the last second of its tail", async () => {
      await nextBlockAt(startOf(2n) - 1n);
      await burn(world, ada, ben, cleo, 10n);
      await burned(10n, 0n);
    });

    it("should revert in the first second after", async () => {
      await nextBlockAt(startOf(2n));
      await isRefused(burn(world, ada, ben, cleo, 1n), "VouchReleased", ada.id, ben.id, 1n);
    });
  });

  it("given no arbiter was chosen, it should revert for everybody", async () => {
    await vouch(world, ada, ben);
    for (const agent of [ada, ben, cleo]) {
      await isRefused(burn(world, ada, ben, agent, 1n), "NoArbiter", ada.id, ben.id);
    }
  });

  it("given the arbiter of an earlier edge of the pair, it should obey the new arbiter alone", async () => {
    await vouch(world, ada, ben, { arbiter: cleo });
    await nextBlockAt(startOf(3n));
    await world.vouches.connect(ada.owner).vouch(ada.id, ben.id, 10, 1, world.dan.id, ethers.ZeroHash, "");
    await isRefused(burn(world, ada, ben, cleo, 1n), "NotOwner", world.dan.id, cleo.owner.address);
    await burn(world, ada, ben, world.dan, 1n);
  });

  it("given no edge of the pair, it should revert", async () => {
    await isRefused(burn(world, ada, ben, cleo, 1n), "VouchNotFound", ada.id, ben.id);
    await isRefused(world.vouches.burn(UNKNOWN, ben.id, 1, ""), "VouchNotFound", UNKNOWN, ben.id);
  });

  describe("given a voucher at the cap", () => {
    beforeEach(async () => {
      world = await withParameters(world, { cap: 20n });
      await vouch(world, ada, ben, { stake: 15n, arbiter: cleo });
      await burn(world, ada, ben, cleo, 15n);
    });

    it("should lower the ceiling for ever, however old the identity grows", async () => {
      await expectPoints(world, ada, { standing: 5n, burned: 15n, scars: 1n });
      for (let period = 1n; period <= 3n; ++period) {
        await time.increaseTo(startOf(period));
        await world.identities.connect(ada.owner).pulse(ada.id, ethers.ZeroHash);
      }
      await expectPoints(world, ada, { standing: 5n, burned: 15n, scars: 1n });
    });

    it("should leave no more than the rest to stake, and to burn", async () => {
      await isRefused(
        world.vouches.connect(ada.owner).vouch(ada.id, 4, 6, 1, cleo.id, ethers.ZeroHash, ""),
        "InsufficientStanding",
        ada.id,
        5n,
        6n,
        0n, // the cap is reached
      );
      await vouch(world, ada, world.dan, { stake: 5n, arbiter: cleo });
      await burn(world, ada, world.dan, cleo, 5n);
      await expectPoints(world, ada, { standing: 0n, burned: 20n, scars: 2n });
    });
  });

  describe("given hundreds of burns", () => {
    const burns = (count: number) => {
      const data = world.vouches.interface.encodeFunctionData("burn", [ada.id, ben.id, 1, ""]);
      return world.vouches.connect(cleo.owner).multicall(Array<string>(count).fill(data));
    };

    beforeEach(async () => {
      world = await withParameters(world, { unit: DAY / 24n }); // 720 points
      await vouch(world, ada, ben, { stake: 300n, arbiter: cleo });
    });

    it("should count up to 255 scars and stop there, while the points go on to burn", async () => {
      await burns(254);
      await expectPoints(world, ada, { standing: 466n, staked: 46n, burned: 254n, scars: 254n });
      await burns(1);
      await expectPoints(world, ada, { standing: 465n, staked: 45n, burned: 255n, scars: 255n });
      await burns(2);
      await expectPoints(world, ada, { standing: 463n, staked: 43n, burned: 257n, scars: 255n });
    });

    it("should not spill over into the voucher's list", async () => {
      await burns(257);
      const [page, next] = await world.vouches.vouchesBy(ada.id, 0, 10);
      expect([page.map((edge) => edge.subjectId), next]).to.deep.equal([[ben.id], 0n]);
    });
  });
});

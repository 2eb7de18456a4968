import { expect } from "chai";
import { keccak256, toHex, zeroHash } from "viem";
import { onEachNode } from "../../../test/utils/nodes.ts";
import { rejection } from "../../../test/utils/rejection.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";
import { periodAt, shortAddresses, shortParameters, type Vouch } from "../../index.ts";

onEachNode("vouch actions", (start) => {
  const [one, two, three] = [1, 2, 3];
  let world: World;
  before(async () => {
    world = await openWorld(0, start);
    for (const agent of world.members.slice(0, 3)) await agent.registerSync({});
    await world.earn(...world.members.slice(0, 3));
    for (const [index, agent] of [world.members[1], world.members[2]].entries()) {
      await agent.setArbitrationSync({ id: index + 2, isOpen: true });
    }
    // Well inside a period, so that no border passes during a test.
    const left = shortParameters.period - (((await world.now()) - shortParameters.origin) % shortParameters.period);
    await world.wait(left + 60);
    await world.mark();
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  const period = async () => periodAt(await world.now(), shortParameters);

  describe("vouch", () => {
    it("should return the hash at once, and the transaction should stake", async () => {
      const [voucher] = world.members;
      const hash = await voucher.vouch({ voucherId: one, subjectId: two, stake: 3, periods: 1 });
      const { logs } = await voucher.waitForTransactionReceipt({ hash });
      const { edge } = voucher.vouch.extractEvent(logs, { address: shortAddresses.vouchRegistry });
      expect(edge.stake).to.equal(3);
    });

    it("should return the whole new edge when it waits", async () => {
      const [voucher] = world.members;
      const topic = keccak256(toHex("honesty"));
      const offer = { voucherId: one, subjectId: two, stake: 12, periods: 3, arbiterId: three };
      const { receipt, ...event } = await voucher.vouchSync({ ...offer, topic, evidence: "ipfs://e" });
      const now = await world.now();
      expect(event).to.deep.equal({
        voucherId: one,
        subjectId: two,
        topic,
        evidence: "ipfs://e",
        edge: {
          stake: 12,
          since: now,
          endPeriod: (await period()) + 3,
          releasePeriod: (await period()) + 4,
          stance: "for",
          state: "live",
          subjectKeyEpoch: 0,
          voucherKeyEpoch: 0,
          arbiterId: three,
          nextVoucherId: undefined,
          nextSubjectId: undefined,
          isRefused: false,
        },
      });
      expect(receipt.status).to.equal("success");
      const expected: Vouch = {
        voucherId: one,
        subjectId: two,
        arbiterId: three,
        stance: "for",
        state: "active",
        isActive: true,
        isBurnable: true,
        stake: 12,
        since: now,
        endPeriod: (await period()) + 3,
        releasePeriod: (await period()) + 4,
        subjectKeyEpoch: 0,
        voucherKeyEpoch: 0,
        voucherStatus: "active",
        voucherRekeyed: false,
        arbiterStatus: "active",
      };
      expect(await voucher.getVouch({ voucherId: one, subjectId: two })).to.deep.equal(expected);
      expect(await voucher.getSupport({ id: two })).to.deep.equal({ support: 12, opposition: 0 });
      expect(await voucher.getStanding({ id: one })).to.deep.equal({
        standing: 30,
        staked: 12,
        burned: 0,
        free: 18,
        scars: 0,
      });
    });

    it("should refuse more than is free, in words", async () => {
      const [voucher] = world.members;
      // Silent for as long as a check-in credits at most, so that it does not matter how much longer.
      await world.wait(shortParameters.maxSilence);
      const error = await rejection(voucher.vouch({ voucherId: one, subjectId: two, stake: 31, periods: 1 }));
      expect(error).to.deep.include({
        name: "InsufficientStandingError",
        args: { id: one, free: 30, needed: 31, earnable: 30 },
      });
      expect(error).to.have.property(
        "shortMessage",
        "Identity 1 has 30 points free, 31 needed; a check-in now would earn 30.",
      );
      await voucher.pulseSync({ id: one });
      const again = await rejection(voucher.vouch({ voucherId: one, subjectId: two, stake: 61, periods: 1 }));
      expect(again).to.have.property(
        "shortMessage",
        "Identity 1 has 60 points free, 61 needed; a check-in now would earn none.",
      );
    });

    it("should refuse a pair that has a live vouch, a stranger, and the unknown", async () => {
      const [voucher, stranger] = world.members;
      const offer = { voucherId: one, subjectId: two, stake: 1, periods: 1 };
      await voucher.vouchSync(offer);
      expect(await rejection(voucher.vouch(offer))).to.deep.include({
        name: "VouchExistsError",
        args: { voucherId: one, subjectId: two, releasePeriod: (await period()) + 2 },
      });
      expect(await rejection(stranger.vouch({ ...offer, subjectId: three }))).to.deep.include({
        name: "NotOwnerError",
        args: { id: one, caller: stranger.account.address },
      });
      expect(await rejection(voucher.vouch({ ...offer, subjectId: 9 }))).to.deep.include({
        name: "UnknownIdentityError",
        args: { id: 9 },
      });
      expect(await rejection(voucher.vouch({ ...offer, subjectId: three, arbiterId: three }))).to.deep.include({
        name: "InvalidArbiterError",
        args: { arbiterId: three },
      });
    });

    it("should refuse an arbiter that did not agree, by name", async () => {
      const [voucher, , arbiter] = world.members;
      const offer = { voucherId: one, subjectId: two, stake: 1, periods: 1, arbiterId: three };
      await arbiter.setArbitrationSync({ id: three, isOpen: false });
      const error = await rejection(voucher.vouch(offer));
      expect(error).to.deep.include({ name: "NotArbiterError", args: { arbiterId: three } });
    });

    it("should refuse a suspended subject by its status", async () => {
      const [voucher, subject] = world.members;
      await subject.suspendSync({ id: two });
      const error = await rejection(voucher.vouch({ voucherId: one, subjectId: two, stake: 1, periods: 1 }));
      expect(error).to.deep.include({ name: "NotActiveError", args: { id: two, status: "suspended" } });
    });
  });

  describe("warn", () => {
    it("should stake against the subject", async () => {
      const [voucher] = world.members;
      const { edge, topic } = await voucher.warnSync({ voucherId: one, subjectId: two, stake: 5, periods: 6 });
      expect(edge).to.deep.include({ stance: "against", stake: 5, endPeriod: (await period()) + 6 });
      expect(topic).to.equal(zeroHash);
      expect(await voucher.getSupport({ id: two })).to.deep.equal({ support: 0, opposition: 5 });
    });

    describe("over what the voucher staked before", () => {
      const pair = { voucherId: one, subjectId: two };
      beforeEach(() => world.members[0].vouchSync({ ...pair, stake: 12, periods: 3, arbiterId: three }));

      it("should make the vouch of a deceived voucher anew, at once and with the same points", async () => {
        const [voucher, , arbiter] = world.members;
        await arbiter.setArbitrationSync({ id: three, isOpen: false });
        const { edge } = await voucher.warnSync({ ...pair, stake: 12, periods: 3, arbiterId: three });
        expect(edge).to.deep.include({
          stance: "against",
          state: "live",
          stake: 12,
          arbiterId: three,
          isRefused: false,
        });
        expect(await voucher.getSupport({ id: two })).to.deep.equal({ support: 0, opposition: 12 });
        expect(await voucher.getStanding({ id: one })).to.deep.include({ staked: 12, free: 18 });
        expect(await voucher.getVouch(pair)).to.deep.include({ arbiterStatus: "active", isBurnable: true });
      });

      it("should refuse what would shrink the liability, and say what", async () => {
        const [voucher] = world.members;
        const terms = { ...pair, stake: 12, periods: 3, arbiterId: three };
        const released = (await period()) + 4;
        for (const [change, name, args] of [
          [{ arbiterId: undefined }, "ArbiterChangesError", { arbiterId: three, newArbiterId: undefined }],
          [{ stake: 11 }, "StakeShrinksError", { stake: 12, newStake: 11 }],
          [{ periods: 2 }, "ReleaseShortensError", { releasePeriod: released, newReleasePeriod: released - 1 }],
        ] as const) {
          const error = await rejection(voucher.warn({ ...terms, ...change }));
          expect(error, name).to.deep.include({ name, args });
        }
      });

      it("should not let a disowned vouch be made anew, nor after a warning", async () => {
        const [voucher, subject] = world.members;
        const terms = { ...pair, stake: 12, periods: 3, arbiterId: three };
        expect((await subject.disownSync(pair)).edge.isRefused).to.equal(true);
        const releasePeriod = (await period()) + 1;
        expect(await rejection(voucher.vouch(terms))).to.deep.include({
          name: "VouchRefusedError",
          args: { ...pair, releasePeriod },
        });
        expect((await voucher.warnSync(terms)).edge.isRefused).to.equal(true);
        expect((await rejection(voucher.vouch(terms))).name).to.equal("VouchRefusedError");
      });

      it("should show a stake that nobody can burn while its arbiter is suspended", async () => {
        const [voucher, , arbiter] = world.members;
        await arbiter.suspendSync({ id: three });
        expect(await voucher.getVouch(pair)).to.deep.include({ arbiterStatus: "suspended", isBurnable: false });
        const none = await voucher.getVouch({ voucherId: two, subjectId: one });
        expect(none.arbiterStatus).to.equal("unknown");
      });
    });
  });

  describe("renew", () => {
    beforeEach(() => world.members[0].vouchSync({ voucherId: one, subjectId: two, stake: 5, periods: 2 }));

    it("should extend and raise", async () => {
      const { edge } = await world.members[0].renewSync({ voucherId: one, subjectId: two, addedStake: 4, periods: 5 });
      expect(edge).to.deep.include({ stake: 9, endPeriod: (await period()) + 5 });
    });

    it("should affirm a vouch after the subject's key changed", async () => {
      const [voucher, subject, , nextKey] = world.members;
      await subject.rotateKeySync({ signed: await nextKey.signRotateKey({ id: two }) });
      expect(await voucher.getVouch({ voucherId: one, subjectId: two })).to.deep.include({ state: "lapsed" });
      const { edge } = await voucher.renewSync({ voucherId: one, subjectId: two, periods: 2 });
      expect(edge.subjectKeyEpoch).to.equal(1);
      expect(await voucher.getVouch({ voucherId: one, subjectId: two })).to.deep.include({ state: "active" });
    });

    it("should refuse to shorten, to change nothing, and what does not exist", async () => {
      const [voucher] = world.members;
      const end = (await period()) + 2;
      expect(await rejection(voucher.renew({ voucherId: one, subjectId: two, periods: 1 }))).to.deep.include({
        name: "RenewalShortensError",
        args: { endPeriod: end, newEndPeriod: end - 1 },
      });
      expect(await rejection(voucher.renew({ voucherId: one, subjectId: two, periods: 2 }))).to.deep.include({
        name: "NothingToRenewError",
        args: { voucherId: one, subjectId: two },
      });
      expect(await rejection(voucher.renew({ voucherId: one, subjectId: three, periods: 2 }))).to.deep.include({
        name: "VouchNotFoundError",
        args: { voucherId: one, subjectId: three },
      });
    });
  });

  describe("revoke and disown", () => {
    beforeEach(() => world.members[0].vouchSync({ voucherId: one, subjectId: two, stake: 5, periods: 2 }));

    it("should end a vouch, and keep its stake locked", async () => {
      const [voucher] = world.members;
      const { edge } = await voucher.revokeSync({ voucherId: one, subjectId: two });
      expect(edge).to.deep.include({ state: "revoked", stake: 5, releasePeriod: (await period()) + 1 });
      expect(await voucher.getSupport({ id: two })).to.deep.include({ support: 0 });
      expect(await voucher.getStanding({ id: one })).to.deep.include({ staked: 5 });
      expect(await rejection(voucher.revoke({ voucherId: one, subjectId: two }))).to.deep.include({
        name: "VouchNotLiveError",
        args: { voucherId: one, subjectId: two, state: "revoked" },
      });
    });

    it("should be the guardian's too, while the voucher is suspended", async () => {
      const [voucher, , , guardian] = world.members;
      await voucher.setGuardianSync({ id: one, guardian: guardian.account.address });
      const pair = { voucherId: one, subjectId: two };
      expect((await rejection(guardian.revoke(pair))).name).to.equal("NotOwnerError");
      await guardian.suspendSync({ id: one });
      expect((await guardian.revokeSync(pair)).edge.state).to.equal("revoked");
    });

    it("should let the subject refuse a vouch, and not a warning", async () => {
      const [, subject, third] = world.members;
      const { edge } = await subject.disownSync({ voucherId: one, subjectId: two });
      expect(edge.state).to.equal("disowned");
      await third.warnSync({ voucherId: three, subjectId: two, stake: 1, periods: 1 });
      expect(await rejection(subject.disown({ voucherId: three, subjectId: two }))).to.deep.include({
        name: "WarningNotDisownableError",
        args: { voucherId: three, subjectId: two },
      });
    });
  });

  describe("burn", () => {
    it("should burn what the arbiter says, and no more than is staked", async () => {
      const [voucher, , arbiter] = world.members;
      const pair = { voucherId: one, subjectId: two };
      await voucher.vouchSync({ ...pair, stake: 5, periods: 2, arbiterId: three });
      const { edge, amount, evidence } = await arbiter.burnSync({ ...pair, amount: 2, evidence: "ipfs://e" });
      expect({ stake: edge.stake, amount, evidence }).to.deep.equal({ stake: 3, amount: 2, evidence: "ipfs://e" });
      expect(await voucher.getStanding({ id: one })).to.deep.include({ standing: 28, burned: 2, scars: 1, staked: 3 });
      expect(await rejection(arbiter.burn({ ...pair, amount: 4 }))).to.deep.include({
        name: "InvalidBurnError",
        args: { amount: 4, stake: 3 },
      });
      expect((await rejection(voucher.burn({ ...pair, amount: 1 }))).name).to.equal("NotOwnerError");
      await arbiter.burnSync({ ...pair, amount: 3 });
      expect(await voucher.getVouch(pair)).to.deep.include({ state: "burned", isActive: false, isBurnable: false });
    });

    it("should leave a renewal to the arbiter that burned everything, and a revocation as the way to stake without it", async () => {
      const [voucher, , arbiter] = world.members;
      const pair = { voucherId: one, subjectId: two };
      await voucher.vouchSync({ ...pair, stake: 5, periods: 2, arbiterId: three });
      await arbiter.burnSync({ ...pair, amount: 5 });
      await arbiter.setArbitrationSync({ id: three, isOpen: false });
      const renewal = { ...pair, addedStake: 1, periods: 2 };
      const error = await rejection(voucher.renew(renewal));
      expect(error).to.deep.include({ name: "NotArbiterError", args: { arbiterId: three } });
      expect(error.message).to.include("`revoke` what was burned, then stake anew");
      await arbiter.suspendSync({ id: three });
      expect(await rejection(voucher.renew(renewal))).to.deep.include({
        name: "NotActiveError",
        args: { id: three, status: "suspended" },
      });
      await voucher.revokeSync(pair);
      const { edge } = await voucher.vouchSync({ ...pair, stake: 1, periods: 1 });
      expect(edge).to.deep.include({ stake: 1, arbiterId: undefined });
    });

    it("should refuse a vouch without an arbiter, and one that was released", async () => {
      const [voucher, , arbiter] = world.members;
      const pair = { voucherId: one, subjectId: two };
      await voucher.vouchSync({ ...pair, stake: 5, periods: 1 });
      expect(await rejection(arbiter.burn({ ...pair, amount: 1 }))).to.deep.include({
        name: "NoArbiterError",
        args: pair,
      });
      const other = { voucherId: one, subjectId: three };
      await voucher.vouchSync({ ...other, stake: 5, periods: 1, arbiterId: two });
      const releasePeriod = (await period()) + 2;
      await world.wait(3 * shortParameters.period);
      expect(await rejection(world.members[1].burn({ ...other, amount: 1 }))).to.deep.include({
        name: "VouchReleasedError",
        args: { ...other, releasePeriod },
      });
      expect(await voucher.getVouch(other)).to.deep.include({ state: "ended", isActive: false });
    });
  });

  describe("getVouchers", () => {
    it("should walk all pages, newest pair first, and stop at the limit", async () => {
      const [first, , third, fourth] = world.members;
      const { id: four } = await fourth.registerSync({});
      await world.earn(fourth);
      await first.vouchSync({ voucherId: one, subjectId: two, stake: 1, periods: 1 });
      await third.warnSync({ voucherId: three, subjectId: two, stake: 2, periods: 1 });
      await fourth.vouchSync({ voucherId: four, subjectId: two, stake: 3, periods: 1 });
      const walk = async (options: { limit?: number; pageSize?: number }) => {
        const stakes: number[] = [];
        for await (const { stake } of first.getVouchers({ id: two, ...options })) stakes.push(stake);
        return stakes;
      };
      expect(await walk({})).to.deep.equal([3, 2, 1]);
      expect(await walk({ pageSize: 1 })).to.deep.equal([3, 2, 1]);
      expect(await walk({ pageSize: 2 })).to.deep.equal([3, 2, 1]);
      expect(await walk({ limit: 2, pageSize: 1 })).to.deep.equal([3, 2]);
      expect(await walk({ limit: 1 })).to.deep.equal([3]);
    });

    it("should be empty for an identity that nobody staked on, and for an unknown one", async () => {
      const [reader] = world.members;
      for (const id of [one, 99]) {
        for await (const vouch of reader.getVouchers({ id })) expect.fail(`unexpected: ${vouch.voucherId}`);
      }
    });
  });

  describe("getVouch", () => {
    it("should answer state none for a pair without one", async () => {
      const vouch = await world.members[0].getVouch({ voucherId: one, subjectId: three });
      expect(vouch).to.deep.include({ state: "none", stance: "none", isActive: false, stake: 0, arbiterId: undefined });
    });
  });
});

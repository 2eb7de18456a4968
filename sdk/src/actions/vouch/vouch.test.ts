import { expect } from "chai";
import { keccak256, toHex } from "viem";
import { onEachNode } from "../../../test/utils/nodes.ts";
import { rejection } from "../../../test/utils/rejection.ts";
import { openStakers } from "../../../test/utils/stakers.ts";
import type { World } from "../../../test/utils/world.ts";
import { periodAt, shortAddresses, shortParameters, type Vouch } from "../../index.ts";

onEachNode("vouch", (start) => {
  const [one, two, three] = [1, 2, 3];
  let world: World;
  before(async () => {
    world = await openStakers(start);
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  const period = async () => periodAt(await world.now(), shortParameters);

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

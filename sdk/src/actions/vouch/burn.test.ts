import { expect } from "chai";
import { onEachNode } from "../../../test/utils/nodes.ts";
import { rejection } from "../../../test/utils/rejection.ts";
import { openStakers } from "../../../test/utils/stakers.ts";
import type { World } from "../../../test/utils/world.ts";
import { periodAt, shortParameters } from "../../index.ts";

onEachNode("burn", (start) => {
  const [one, two, three] = [1, 2, 3];
  let world: World;
  before(async () => {
    world = await openStakers(start);
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  const period = async () => periodAt(await world.now(), shortParameters);

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

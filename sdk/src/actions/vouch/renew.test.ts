import { expect } from "chai";
import { onEachNode } from "../../../test/utils/nodes.ts";
import { rejection } from "../../../test/utils/rejection.ts";
import { openStakers } from "../../../test/utils/stakers.ts";
import type { World } from "../../../test/utils/world.ts";
import { periodAt, shortParameters } from "../../index.ts";

onEachNode("renew", (start) => {
  const [one, two, three] = [1, 2, 3];
  let world: World;
  before(async () => {
    world = await openStakers(start);
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  const period = async () => periodAt(await world.now(), shortParameters);

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

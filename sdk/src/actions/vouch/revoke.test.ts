import { expect } from "chai";
import { onEachNode } from "../../../test/utils/nodes.ts";
import { rejection } from "../../../test/utils/rejection.ts";
import { openStakers } from "../../../test/utils/stakers.ts";
import type { World } from "../../../test/utils/world.ts";
import { periodAt, shortParameters } from "../../index.ts";

onEachNode("revoke and disown", (start) => {
  const [one, two, three] = [1, 2, 3];
  let world: World;
  before(async () => {
    world = await openStakers(start);
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  const period = async () => periodAt(await world.now(), shortParameters);

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

import { expect } from "chai";
import { onEachNode } from "../../../test/utils/nodes.ts";
import { rejection } from "../../../test/utils/rejection.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";
import { periodAt, shortParameters } from "../../index.ts";

onEachNode("revoke and disown", (start) => {
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

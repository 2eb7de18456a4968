import { expect } from "chai";
import { rejection } from "../../../test/utils/rejection.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";
import { periodAt, shortParameters } from "../../index.ts";

describe("getSupportAt", () => {
  const [one, two, three] = [1, 2, 3];
  let world: World;
  before(async () => {
    world = await openWorld();
    for (const agent of world.members.slice(0, 3)) await agent.registerSync({});
    await world.earn(...world.members.slice(0, 3));
    const left = shortParameters.period - (((await world.now()) - shortParameters.origin) % shortParameters.period);
    await world.wait(left + 60);
    await world.mark();
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  it("should say what is still staked in a later period, as getSupport does when it has come", async () => {
    const [voucher, , third] = world.members;
    const current = periodAt(await world.now(), shortParameters);
    await voucher.vouchSync({ voucherId: one, subjectId: two, stake: 7, periods: 1 });
    await third.warnSync({ voucherId: three, subjectId: two, stake: 2, periods: 2 });
    const expected = [
      { support: 7, opposition: 2 },
      { support: 7, opposition: 2 },
      { support: 0, opposition: 2 },
      { support: 0, opposition: 0 },
    ];
    for (const [ahead, support] of expected.entries()) {
      expect(await voucher.getSupportAt({ id: two, period: current + ahead })).to.deep.equal(support);
    }
    for (const support of expected) {
      expect(await voucher.getSupport({ id: two })).to.deep.equal(support);
      await world.wait(shortParameters.period);
    }
  });

  it("should refuse a period that has passed, in words", async () => {
    const [reader] = world.members;
    const current = periodAt(await world.now(), shortParameters);
    expect(await rejection(reader.getSupportAt({ id: two, period: current - 1 }))).to.deep.include({
      name: "PeriodPassedError",
      args: { period: current - 1, current },
    });
    expect((await rejection(reader.getSupportAt({ id: two, period: -1 }))).name).to.equal("InvalidPeriodError");
  });
});

import { expect } from "chai";
import { onEachNode } from "../../../test/utils/nodes.ts";
import { openStakers } from "../../../test/utils/stakers.ts";
import type { World } from "../../../test/utils/world.ts";

onEachNode("getVouchers", (start) => {
  const [one, two, three] = [1, 2, 3];
  let world: World;
  before(async () => {
    world = await openStakers(start);
  });
  beforeEach(() => world.reset());
  after(() => world.close());

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

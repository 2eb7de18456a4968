import { expect } from "chai";
import { openWorld, type World } from "../../../test/utils/world.ts";
import { shortParameters } from "../../index.ts";

describe("getVouchesBy", () => {
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

  it("should walk all pages, newest pair first, and stop at the limit", async () => {
    const [voucher, , , fourth] = world.members;
    const { id: four } = await fourth.registerSync({});
    await voucher.vouchSync({ voucherId: one, subjectId: two, stake: 1, periods: 1 });
    await voucher.warnSync({ voucherId: one, subjectId: three, stake: 2, periods: 1 });
    await voucher.vouchSync({ voucherId: one, subjectId: four, stake: 3, periods: 1 });
    const walk = async (options: { limit?: number; pageSize?: number }) => {
      const found: [number, string][] = [];
      for await (const vouch of voucher.getVouchesBy({ id: one, ...options })) {
        expect(vouch.voucherId).to.equal(one);
        found.push([vouch.subjectId, vouch.stance]);
      }
      return found;
    };
    const all = [
      [four, "for"],
      [three, "against"],
      [two, "for"],
    ];
    expect(await walk({})).to.deep.equal(all);
    expect(await walk({ pageSize: 1 })).to.deep.equal(all);
    expect(await walk({ pageSize: 2, limit: 2 })).to.deep.equal(all.slice(0, 2));
    expect(await walk({ limit: 1 })).to.deep.equal(all.slice(0, 1));
    for await (const vouch of voucher.getVouchesBy({ id: two })) expect.fail(`unexpected: ${vouch.subjectId}`);
  });
});

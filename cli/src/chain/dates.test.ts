import { expect } from "chai";
import { openWorld, type World } from "../../../sdk/test/utils/world.ts";
import { acting, settle } from "../../test/utils/acting.ts";
import { refused } from "../../test/utils/tenure.ts";

const DAY = String.raw`\d+ \(\d{4}-\d\d-\d\d \d\d:00 UTC\)`;

describe("errors that name a period", () => {
  let world: World;
  before(async () => {
    world = await openWorld();
    await settle(world, 2);
    await world.members[1].vouchSync({ voucherId: 1, subjectId: 2, stake: 5, periods: 3 });
  });
  after(() => world.close());

  it("should say when that is, in UTC, and what to do", async () => {
    const env = acting(world, 1);
    expect(await refused(1, ["warn", "2", "--stake", "5"], env)).to.match(
      new RegExp(
        `^The stake is locked to the end of period ${DAY}; that cannot be brought forward to ${DAY}\\. Choose at least 2 periods more, or wait until then\\.$`,
      ),
    );
    expect(await refused(1, ["vouch", "2", "--stake", "5"], env)).to.match(
      new RegExp(
        `^Identity 1 has staked on 2 like this already, to the end of period ${DAY}\\. Extend or raise it with tenure renew`,
      ),
    );
    expect(await refused(1, ["renew", "2", "--periods", "1", "--add", "1"], env)).to.match(
      new RegExp(
        `^The vouch ends with period ${DAY}; a renewal cannot bring that forward to ${DAY}\\. Renew for at least 2 per`,
      ),
    );
  });
});

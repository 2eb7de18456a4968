import { expect } from "chai";
import { zeroHash } from "viem";
import { onEachNode } from "../../../test/utils/nodes.ts";
import { rejection } from "../../../test/utils/rejection.ts";
import { openStakers } from "../../../test/utils/stakers.ts";
import type { World } from "../../../test/utils/world.ts";
import { periodAt, shortParameters } from "../../index.ts";

onEachNode("warn", (start) => {
  const [one, two, three] = [1, 2, 3];
  let world: World;
  before(async () => {
    world = await openStakers(start);
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  const period = async () => periodAt(await world.now(), shortParameters);

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

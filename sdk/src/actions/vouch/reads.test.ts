import { expect } from "chai";
import { hexToString, stringToHex } from "viem";
import { rejection } from "../../../test/utils/rejection.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";
import { periodAt, shortParameters } from "../../index.ts";

describe("reads", () => {
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

  describe("getSupportAt", () => {
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

  describe("getVouchesBy", () => {
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

  describe("getAgentMetadata", () => {
    it("should read what was written, and nothing where nothing was", async () => {
      const [agent] = world.members;
      await agent.setMetadataSync({ id: one, key: "model", value: stringToHex("lark-2") });
      expect(hexToString(await agent.getAgentMetadata({ id: one, key: "model" }))).to.equal("lark-2");
      expect(await agent.getAgentMetadata({ id: one, key: "other" })).to.equal("0x");
      expect(await agent.getAgentMetadata({ id: two, key: "model" })).to.equal("0x");
      const wallet = await agent.getAgentMetadata({ id: one, key: "agentWallet" });
      expect(wallet).to.equal(agent.account.address.toLowerCase());
    });

    it("should refuse a key that is no text", async () => {
      const error = await rejection(world.members[0].getAgentMetadata({ id: one, key: 7 as never }));
      expect(error.name).to.equal("InvalidTextError");
    });
  });
});

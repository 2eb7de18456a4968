import { shortParameters } from "@tenure/sdk";
import { expect } from "chai";
import { openWorld, type World } from "../../../sdk/test/utils/world.ts";
import { acting, settle } from "../../test/utils/acting.ts";
import { refused, tenure, tenureJson } from "../../test/utils/tenure.ts";

describe("tenure guardian", () => {
  let world: World;
  const address = (account: 4 | 5) => world.members[account].account.address;
  const wait = () => world.wait(shortParameters.recoveryDelay);
  before(async () => {
    world = await openWorld();
    await settle(world, 2);
  });
  afterEach(() => world.reset());
  after(() => world.close());

  describe("set", () => {
    it("should name a guardian at once where there is none, and say what it may do", async () => {
      const { status, stdout } = await tenure(["guardian", "set", address(4)], acting(world, 1));
      expect(status).to.equal(0);
      expect(stdout).to.match(/^✓ 0x\w+ is the guardian of identity 1: it may suspend it, and recover it/);
      expect((await world.members[0].getIdentity({ id: 1 })).guardian).to.equal(address(4));
    });
    it("should take two calls to change or remove it, and say when the second counts", async () => {
      await tenureJson(["guardian", "set", address(4)], acting(world, 1));
      const first = await tenureJson<{ readyAt: number }>(["guardian", "set", "none", "1"], acting(world, 1));
      expect(first).to.include({ id: 1, outcome: "proposed" });
      expect(first.readyAt).to.equal((await world.now()) + shortParameters.recoveryDelay);
      await refused(1, ["guardian", "set", "none"], acting(world, 1));
      await wait();
      expect((await tenure(["guardian", "set", "none"], acting(world, 1))).stdout).to.match(
        /^✓ Identity 1 has no guardian\.\n/,
      );
    });
    it("should be refused to anybody but the owner, and for what is no address", async () => {
      expect(await refused(1, ["guardian", "set", address(4), "1"], acting(world, 2))).to.include("identity 1");
      expect(await refused(2, ["guardian", "set", "0x12"], acting(world, 1))).to.include("is not an address");
    });
  });

  describe("propose, claim and cancel", () => {
    beforeEach(() => tenureJson(["guardian", "set", address(4)], acting(world, 1)));

    it("should hand the identity to the candidate after the delay, and not before", async () => {
      const proposed = await tenure(["guardian", "propose", "1", address(5)], acting(world, 4));
      expect(proposed.stdout).to.match(/can claim identity 1 from [\d-]+ [\d:]+ UTC: tenure guardian claim 1\n/);
      await refused(1, ["guardian", "claim", "1"], acting(world, 5));
      await wait();
      await refused(1, ["guardian", "claim", "1"], acting(world, 2));
      const claimed = await tenureJson<object>(["guardian", "claim", "1"], acting(world, 5));
      expect(claimed).to.include({ id: 1, newOwner: address(5), keyEpoch: 1 });
    });
    it("should propose by the guardian alone", async () => {
      expect(await refused(1, ["guardian", "propose", "1", address(5)], acting(world, 1))).to.include("guardian");
    });
    it("should cancel what waits: by the guardian, and by the owner what the owner proposed", async () => {
      await tenureJson(["guardian", "propose", "1", address(5)], acting(world, 4));
      await refused(1, ["guardian", "cancel"], acting(world, 1));
      expect(await tenureJson(["guardian", "cancel", "1"], acting(world, 4))).to.include({
        ...{ id: 1, kind: "recovery", by: address(4) },
      });
      await tenureJson(["guardian", "set", "none"], acting(world, 1));
      expect(await tenureJson(["guardian", "cancel"], acting(world, 1))).to.include({ kind: "guardian" });
      await refused(1, ["guardian", "cancel"], acting(world, 1));
    });
  });
});

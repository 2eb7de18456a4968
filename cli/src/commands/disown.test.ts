import { expect } from "chai";
import { openWorld, type World } from "../../../sdk/test/utils/world.ts";
import { acting, settle } from "../../test/utils/acting.ts";
import { refused, tenure, tenureJson } from "../../test/utils/tenure.ts";
import { hasTerminal, Terminal } from "../../test/utils/terminal.ts";

describe("tenure disown", () => {
  let world: World;
  before(async () => {
    world = await openWorld();
    await settle(world, 3);
    const [, one, , three] = world.members;
    await one.vouchSync({ voucherId: 1, subjectId: 2, stake: 5, periods: 1 });
    await three.warnSync({ voucherId: 3, subjectId: 2, stake: 5, periods: 1 });
    await world.mark();
  });
  afterEach(() => world.reset());
  after(() => world.close());

  it("should refuse a vouch that the key does not want", async () => {
    const { stdout } = await tenure(["disown", "1", "--yes"], acting(world, 2));
    expect(stdout).to.match(/^✓ The vouch of identity 1 for 2 counts no more\.\n/);
    expect((await world.members[0].getSupport({ id: 2 })).support).to.equal(0);
  });
  it("should take the voucher's address, and the subject by --as", async () => {
    const voucher = world.members[1].account.address;
    expect(await tenureJson(["disown", voucher, "--as", "2", "--yes"], acting(world, 2))).to.include({
      ...{ voucherId: 1, subjectId: 2 },
    });
  });
  it("should be refused for a warning, for nothing at all, and to others, with status 1", async () => {
    await refused(1, ["disown", "3", "--yes"], acting(world, 2));
    await refused(1, ["disown", "2", "--yes"], acting(world, 1));
    expect(await refused(1, ["disown", "1", "--as", "2", "--yes"], acting(world, 3))).to.include("identity 2");
  });
  it("should do nothing without --yes and without a terminal, with status 2", async () => {
    expect(await refused(2, ["disown", "1"], acting(world, 2))).to.equal(
      "Disowning cannot be undone. Say --yes if you mean it.",
    );
  });
  (hasTerminal ? it : it.skip)("should ask for the voucher's number at a terminal", async () => {
    const terminal = new Terminal(["disown", "1"], acting(world, 2));
    await terminal.until(/Disowning the vouch of identity 1 cannot be undone\. Type its number: /);
    terminal.type("2\r");
    expect((await terminal.left()).status).to.equal(1);
    expect((await world.members[0].getSupport({ id: 2 })).support).to.equal(5);
  });
});

import { expect } from "chai";
import { openWorld, type World } from "../../../sdk/test/utils/world.ts";
import { acting, settle } from "../../test/utils/acting.ts";
import { refused, tenure, tenureJson } from "../../test/utils/tenure.ts";
import { hasTerminal, Terminal } from "../../test/utils/terminal.ts";

describe("tenure burn", () => {
  let world: World;
  const args = ["burn", "1", "2", "--amount", "3", "--evidence", "ipfs://proof"];
  before(async () => {
    world = await openWorld();
    await settle(world, 3);
    await world.members[1].vouchSync({ voucherId: 1, subjectId: 2, stake: 5, periods: 1, arbiterId: 3 });
    await world.mark();
  });
  afterEach(() => world.reset());
  after(() => world.close());

  describe("given the arbiter's key and --yes", () => {
    it("should burn, and say what is left", async () => {
      const { stdout } = await tenure([...args, "--yes"], acting(world, 3));
      expect(stdout).to.match(/^✓ Identity 1 has lost 3 points that it staked on 2; 2 points of it left\.\n/);
      expect((await world.members[0].getVouch({ voucherId: 1, subjectId: 2 })).stake).to.equal(2);
    });
    it("should take addresses too", async () => {
      const [, one, two] = world.members.map(({ account }) => account.address) as [string, string, string];
      const result = await tenureJson(["burn", one, two, "--amount", "5", "--yes"], acting(world, 3));
      expect(result).to.include({ voucherId: 1, subjectId: 2, amount: 5, evidence: "" });
    });
  });

  describe("given another key, or more than is staked", () => {
    it("should be refused by the chain, with status 1", async () => {
      expect(await refused(1, [...args, "--yes"], acting(world, 2))).to.include("identity 3");
      await refused(1, ["burn", "1", "2", "--amount", "6", "--yes"], acting(world, 3));
    });
  });

  describe("given neither --yes nor a terminal", () => {
    it("should burn nothing, with status 2, before the node is asked", async () => {
      const message = await refused(2, args, { ...acting(world, 3), TENURE_RPC: "http://127.0.0.1:1" });
      expect(message).to.equal("Burning cannot be undone. Say --yes if you mean it.");
    });
  });

  (hasTerminal ? describe : describe.skip)("given a terminal", () => {
    const answering = async (answer: string) => {
      const terminal = new Terminal(args, acting(world, 3));
      await terminal.until(/Burning 3 points that identity 1 staked cannot be undone\. Type its number: /);
      terminal.type(`${answer}\r`);
      return terminal.left();
    };
    it("should ask for the number of the identity that loses, and burn for nothing else", async () => {
      expect((await answering("y")).status).to.equal(1);
      expect((await answering("2")).status).to.equal(1);
      expect((await world.members[0].getVouch({ voucherId: 1, subjectId: 2 })).stake).to.equal(5);
      expect((await answering("1")).status).to.equal(0);
      expect((await world.members[0].getVouch({ voucherId: 1, subjectId: 2 })).stake).to.equal(2);
    });
  });
});

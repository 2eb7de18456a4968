import { expect } from "chai";
import { openWorld, type World } from "../../../sdk/test/utils/world.ts";
import { acting, settle } from "../../test/utils/acting.ts";
import { refused, tenure, tenureJson } from "../../test/utils/tenure.ts";

describe("tenure uri", () => {
  let world: World;
  before(async () => {
    world = await openWorld();
    await settle(world, 2);
  });
  afterEach(() => world.reset());
  after(() => world.close());

  describe("set and show", () => {
    it("should write where the file is, and read it back", async () => {
      expect(await tenureJson(["uri", "set", "ipfs://file"], acting(world, 1))).to.include({
        ...{ id: 1, agentURI: "ipfs://file" },
      });
      expect((await tenure(["uri", "show"], acting(world, 1))).stdout).to.equal("ipfs://file\n");
      expect(await tenureJson(["uri", "show", "1"], acting(world, 0))).to.deep.equal({ id: 1, uri: "ipfs://file" });
      await tenureJson(["uri", "set", "", "1"], acting(world, 1));
      expect((await tenure(["uri", "show", "1"], acting(world, 0))).stdout).to.match(/^data:application\/json/);
    });
    it("should say of a text that takes too much gas what to do instead", async () => {
      const text = `data:,${"x".repeat(120_000)}`;
      for (const args of [
        ["uri", "set", text],
        ["metadata", "set", `note=${text}`],
      ]) {
        expect(await refused(1, args, acting(world, 1))).to.equal(
          "That takes more gas than the node allows for one transaction. Nothing was done. A long text belongs in a file, " +
            "whose place is written; a long list goes in parts.",
        );
      }
    });
    it("should be refused to strangers, and for nobody", async () => {
      expect(await refused(1, ["uri", "set", "ipfs://file", "1"], acting(world, 2))).to.include("identity 1");
      expect(await refused(1, ["uri", "show", "99"], acting(world, 0))).to.include("Identity 99 does not exist.");
    });
  });

  describe("show --file", () => {
    it("should fetch the file, and say whether it names the identity", async () => {
      const { stdout } = await tenure(["uri", "show", "1", "--file"], acting(world, 0));
      expect(stdout).to.match(/^Registration file of identity 1, on the chain itself\nIt names identity 1\.\n\n\{\n/);
      const found = await tenureJson<{ isConfirmed: boolean }>(["uri", "show", "2", "--file"], acting(world, 0));
      expect(found).to.include({ id: 2, isConfirmed: true });
    });
    it("should say that somebody else's file does not name it", async () => {
      const { uri } = await tenureJson<{ uri: string }>(["uri", "show", "2"], acting(world, 0));
      await tenureJson(["uri", "set", uri], acting(world, 1));
      const { stdout } = await tenure(["uri", "show", "1", "--file"], acting(world, 0));
      expect(stdout).to.include("It does not name identity 1: it may be anybody's.");
    });
    it("should ask for a gateway where it needs one, and for a proper one", async () => {
      await tenureJson(["uri", "set", "ipfs://file"], acting(world, 1));
      expect(await refused(1, ["uri", "show", "1", "--file"], acting(world, 0))).to.include("--gateway");
      const gateways = ["--gateway", "localhost"];
      expect(await refused(2, ["uri", "show", "1", "--file", ...gateways], acting(world, 0))).to.equal(
        "--gateway is not the address of a gateway. It starts with http:// or https://.",
      );
      expect(await refused(2, ["uri", "show", "1", ...gateways], acting(world, 0))).to.include("is not the address");
      expect(await refused(2, ["uri", "show", "1", "--gateway", "http://127.0.0.1:1"], acting(world, 0))).to.equal(
        "--gateway goes with --file.",
      );
    });
  });
});

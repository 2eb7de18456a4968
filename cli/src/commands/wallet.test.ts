import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { testKeys } from "../../../sdk/test/utils/localChain.ts";
import { openWorld, type World } from "../../../sdk/test/utils/world.ts";
import { acting, settle } from "../../test/utils/acting.ts";
import { refused, tenure, tenureJson } from "../../test/utils/tenure.ts";

describe("tenure wallet", () => {
  let world: World;
  let home: string;
  let consent: string;
  const wallet = () => world.members[5].account.address;
  before(async () => {
    world = await openWorld();
    await settle(world, 2);
  });
  beforeEach(async () => {
    home = await mkdtemp(path.join(tmpdir(), "tenure-"));
    consent = path.join(home, "consent.json");
  });
  afterEach(async () => {
    await rm(home, { recursive: true });
    await world.reset();
  });
  after(() => world.close());

  describe("set, given a file that the wallet signed", () => {
    it("should give it the wallet, show it, and take it away again", async () => {
      const signing = await tenure(["wallet", "set", "1", "--sign", consent], acting(world, 5));
      expect(signing.stdout).to.match(/in the five minutes before [\d-]+ [\d:]+ UTC: tenure wallet set --consent /);
      expect(JSON.parse(await readFile(consent, "utf8"))).to.include({ kind: "agentWallet", newWallet: wallet() });
      expect(await tenureJson(["wallet", "set", "--consent", consent], acting(world, 1))).to.include({
        ...{ id: 1, wallet: wallet() },
      });
      expect((await tenure(["wallet", "show", "1"], acting(world, 0))).stdout).to.equal(
        `${wallet()} acts for identity 1.\n`,
      );
      expect(await tenureJson(["wallet", "show", wallet()], acting(world, 0))).to.include({ id: 1, isSet: true });
      const owner = world.members[1].account.address;
      expect(await tenureJson(["wallet", "unset"], acting(world, 1))).to.include({ id: 1, wallet: owner });
      expect((await tenure(["wallet", "show"], acting(world, 1))).stdout).to.equal(
        `${owner}, the owner of identity 1, is its wallet too.\n`,
      );
    });
    it("should be submitted by the owner as any other file", async () => {
      await tenureJson(["wallet", "set", "1", "--sign", consent], acting(world, 5));
      expect(await tenureJson(["submit", consent], acting(world, 1))).to.include({ id: 1, wallet: wallet() });
    });
    it("should be void once the wallet took it back", async () => {
      await tenureJson(["wallet", "set", "1", "--sign", consent], acting(world, 5));
      await tenureJson(["void", consent], acting(world, 5));
      expect(await refused(1, ["wallet", "set", "--consent", consent], acting(world, 1))).to.include(
        "has taken it back",
      );
    });
    it("should be refused before its five minutes, and for another identity", async () => {
      await tenureJson(["wallet", "set", "1", "--sign", consent, "--valid", "1h"], acting(world, 5));
      await refused(1, ["wallet", "set", "--consent", consent], acting(world, 1));
      expect(await refused(2, ["wallet", "set", "2", "--consent", consent], acting(world, 2))).to.equal(
        "The wallet consented for identity 1.",
      );
      await world.wait(3_400);
      await tenureJson(["wallet", "set", "--consent", consent], acting(world, 1));
    });
  });

  describe("set, given the wallet's keystore", () => {
    it("should have it consent on the spot", async () => {
      const keys = { TENURE_HOME: home, TENURE_KEYSTORE_PASSWORD: "word", TENURE_PRIVATE_KEY: testKeys[5] };
      await tenureJson(["keystore", "import", "hot"], keys);
      const env = { ...acting(world, 1), TENURE_HOME: home, TENURE_NEW_KEYSTORE_PASSWORD: "word" };
      expect(await tenureJson(["wallet", "set", "--to", "hot"], env)).to.include({ id: 1, wallet: wallet() });
    });
  });

  describe("set, misused", () => {
    it("should say what is missing, with status 2", async () => {
      expect(await refused(2, ["wallet", "set"], acting(world, 1))).to.equal(
        "The wallet has to consent. Give one of --to, --consent and --sign.",
      );
      expect(await refused(2, ["wallet", "set", "--sign", consent], acting(world, 5))).to.equal(
        "Say which identity: the wallet has none yet.",
      );
      await tenureJson(["rotate", "1", "--sign", consent], acting(world, 5));
      expect(await refused(2, ["wallet", "set", "--consent", consent], acting(world, 1))).to.include(
        "is no consent of a wallet.",
      );
    });
  });

  describe("show, given a suspended identity", () => {
    it("should say that nobody is its wallet", async () => {
      await world.members[1].suspendSync({ id: 1 });
      const { stdout } = await tenure(["wallet", "show", "1"], acting(world, 0));
      expect(stdout).to.equal("Identity 1 is suspended: nobody is answered as its wallet.\n");
    });
  });
});

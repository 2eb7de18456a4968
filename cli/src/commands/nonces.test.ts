import { expect } from "chai";
import { faulty } from "../../../sdk/test/utils/faulty.ts";
import { openWorld, type World } from "../../../sdk/test/utils/world.ts";
import { acting, settle } from "../../test/utils/acting.ts";
import { refused, tenure, tenureJson } from "../../test/utils/tenure.ts";

describe("tenure nonces", () => {
  let world: World;
  before(async () => {
    world = await openWorld();
    await settle(world, 2);
  });
  afterEach(() => world.reset());
  after(() => world.close());

  it("should show what is free, use up what is named, and tell the two apart", async () => {
    const owner = world.members[1].account.address;
    expect((await tenure(["nonces", "show"], acting(world, 1))).stdout).to.equal(
      `Free for signatures of ${owner}: 0\n`,
    );
    const { stdout } = await tenure(["nonces", "void", "0,2"], acting(world, 1));
    expect(stdout).to.match(/^✓ 2 nonces of 0x\w+ cannot be used any more\.\n/);
    expect(await tenureJson(["nonces", "show", "1", "--count", "3"], acting(world, 0))).to.deep.equal({
      ...{ owner, registry: "vouchRegistry", free: [1, 3, 4] },
    });
    expect(await tenureJson(["nonces", "check", "0,1", owner], acting(world, 0))).to.deep.equal({
      owner,
      registry: "vouchRegistry",
      nonces: [
        { nonce: "0", isUsed: true },
        { nonce: "1", isUsed: false },
      ],
    });
    expect((await tenure(["nonces", "check", "0,1", "1"], acting(world, 0))).stdout).to.equal(
      `Of ${owner}: 0 is used up, 1 is free.\n`,
    );
  });

  it("should look at a long list in parts, each nonce once", async () => {
    const asked = { most: 0, now: 0 };
    const { url, close } = await faulty(world.url, async (_, ask) => {
      asked.most = Math.max(asked.most, ++asked.now);
      const answer = await ask();
      asked.now--;
      return answer;
    });
    const list = Array.from({ length: 300 }, (_, nonce) => nonce % 200).join(",");
    const env = { ...acting(world, 1), TENURE_RPC: url };
    const { nonces } = await tenureJson<{ nonces: object[] }>(["nonces", "check", list, "1"], env);
    await close();
    expect(nonces).to.have.length(200);
    expect(asked.most).to.be.at.most(30);
  });

  it("should tell the registries apart", async () => {
    await tenureJson(["nonces", "void", "0", "--registry", "identity"], acting(world, 1));
    const { free } = await tenureJson<{ free: number[] }>(["nonces", "show"], acting(world, 1));
    expect(free).to.deep.equal([0]);
    const identity = await tenureJson<{ free: number[] }>(
      ["nonces", "show", "--registry", "identity"],
      acting(world, 1),
    );
    expect(identity.free).to.deep.equal([1]);
  });

  it("should refuse what is used up, and send nothing", async () => {
    await tenureJson(["nonces", "void", "0"], acting(world, 1));
    const message = await refused(1, ["nonces", "void", "0,1"], acting(world, 1));
    expect(message).to.match(/is used already: submitted, or made void\. Nothing was sent\. Name the others alone\.$/);
  });

  it("should refuse what is no number, and who signs no more", async () => {
    expect(await refused(2, ["nonces", "check", "x"], acting(world, 1))).to.include("Nonces are whole numbers from 0.");
    expect(await refused(2, ["nonces", "show", "--count", "0"], acting(world, 1))).to.equal(
      '"0" is not a count: a whole number from 1 to 256.',
    );
    await world.members[2].retireSync({ id: 2 });
    expect(await refused(1, ["nonces", "show", "2"], acting(world, 0))).to.equal(
      "Identity 2 is retired: nobody signs for it.",
    );
  });
});

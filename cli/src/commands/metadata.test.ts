import { expect } from "chai";
import { toHex } from "viem";
import { openWorld, type World } from "../../../sdk/test/utils/world.ts";
import { acting, settle } from "../../test/utils/acting.ts";
import { refused, tenure, tenureJson } from "../../test/utils/tenure.ts";

describe("tenure metadata", () => {
  let world: World;
  before(async () => {
    world = await openWorld();
    await settle(world, 2);
  });
  afterEach(() => world.reset());
  after(() => world.close());

  const set = (entry: string) => tenureJson(["metadata", "set", entry], acting(world, 1));

  it("should write text and bytes, and read them back", async () => {
    expect(await set("model=m-1")).to.include({ id: 1, key: "model", value: toHex("m-1") });
    await set("raw=0x00ff");
    expect((await tenure(["metadata", "get", "model", "1"], acting(world, 0))).stdout).to.equal("m-1\n");
    expect((await tenure(["metadata", "get", "raw"], acting(world, 1))).stdout).to.equal("0x00ff\n");
    expect(await tenureJson(["metadata", "get", "raw", "1"], acting(world, 0))).to.deep.equal({
      ...{ id: 1, key: "raw", value: "0x00ff", text: null },
    });
    expect((await tenure(["metadata", "get", "none", "1"], acting(world, 0))).stdout).to.equal(
      "Identity 1 says nothing of none.\n",
    );
  });

  it("should list each key once, as it was written last, without those that were cleared and without the wallet", async () => {
    for (const entry of ["model=m-1", "team=blue", "model=m-2", "gone=soon", "gone="]) await set(entry);
    const [, one, , , , wallet] = world.members;
    await one.setAgentWalletSync({ signed: await wallet.signAgentWallet({ id: 1 }) });
    const { entries } = await tenureJson<{ entries: { key: string; text: string; time: number }[] }>(
      ["metadata", "list", "1"],
      acting(world, 0),
    );
    expect(entries.map(({ key, text }) => [key, text])).to.deep.equal([
      ["model", "m-2"],
      ["team", "blue"],
    ]);
    expect(entries[0]?.time).to.be.greaterThan(entries[1]?.time ?? 0);
    const { stdout } = await tenure(["metadata", "list", "1"], acting(world, 0));
    expect(stdout).to.match(/^Identity 1\n\n +key +written \(UTC\) +value\n +model +[\d-]+ [\d:]+ +m-2\n/);
    expect((await tenure(["metadata", "list", "2"], acting(world, 0))).stdout).to.equal(
      "Identity 2 has no metadata.\n",
    );
  });

  it("should show what would steer a terminal as bytes", async () => {
    await set("model=\u001b[2Jm");
    expect((await tenure(["metadata", "get", "model", "1"], acting(world, 0))).stdout).to.equal("0x1b5b324a6d\n");
  });

  it("should refuse what is no entry with status 2, and strangers and the wallet's key with status 1", async () => {
    expect(await refused(2, ["metadata", "set", "model"], acting(world, 1))).to.equal(
      '"model" is not metadata. Write KEY=VALUE.',
    );
    await refused(1, ["metadata", "set", "model=x", "1"], acting(world, 2));
    await refused(1, ["metadata", "set", "agentWallet=x"], acting(world, 1));
  });
});

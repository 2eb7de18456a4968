import { expect } from "chai";
import { createClient, http } from "viem";
import { hardhat } from "viem/chains";
import { faulty } from "../../test/utils/faulty.ts";
import { onEachNode } from "../../test/utils/nodes.ts";
import { openWorld, type World } from "../../test/utils/world.ts";
import { signAgentWallet, signRegister, verifyRegister } from "../index.ts";
import { currentTime } from "./currentTime.ts";

onEachNode("currentTime", (start) => {
  let world: World;
  before(async () => {
    world = await openWorld(0, start);
    await world.members[0].registerSync({});
    await world.mark();
  });
  afterEach(() => world.reset());
  after(() => world.close());

  /** This machine's clock, ahead of the chain. */
  async function ahead(act: () => Promise<void>) {
    const { now: clock } = Date;
    Date.now = () => clock() + 7_200_000;
    try {
      await act();
    } finally {
      Date.now = clock;
    }
  }

  /** A node that says nothing of the block that comes, or gives the newest one for it. */
  const silent = (reply: "latest" | "error") =>
    faulty(world.url, ({ method, params }, ask) => {
      if (method !== "eth_getBlockByNumber" || params[0] !== "pending") return undefined;
      if (reply === "error") return { error: { code: -32_601, message: "pending is not supported" } };
      return ask({ method, params: ["latest", false] });
    });

  it("should be the node's, whatever this machine's clock says", async () => {
    const [agent, wallet] = world.members;
    const time = await currentTime(agent);
    expect(time - (await world.now())).to.be.within(0, 60);
    await ahead(async () => {
      expect((await currentTime(agent)) - time).to.be.within(0, 60);
      await agent.setAgentWalletSync({ signed: await wallet.signAgentWallet({ id: 1 }) });
    });
  });

  for (const reply of ["latest", "error"] as const) {
    it(`should be the later of two clocks where a node gives ${reply} for the block that comes`, async () => {
      const { url, close } = await silent(reply);
      const [agent, { account }] = world.members;
      const client = createClient({ account, chain: hardhat, transport: http(url, { retryDelay: 1 }) });
      const signed = await agent.signRegister({ account });
      expect(await verifyRegister(client, { signed })).to.equal(true);
      await ahead(async () => {
        expect(await verifyRegister(client, { signed })).to.equal(false);
        expect((await signRegister(client, {})).deadline).to.be.greaterThan(Date.now() / 1_000 + 3_000);
        expect((await signAgentWallet(client, { id: 1 })).deadline).to.be.greaterThan(Date.now() / 1_000 + 200);
      });
      await world.wait(7_200);
      expect(await verifyRegister(client, { signed })).to.equal(false);
      await close();
    });
  }
});

import { expect } from "chai";
import { onEachNode } from "../../test/utils/nodes.ts";
import { openWorld, type World } from "../../test/utils/world.ts";

onEachNode("now, on a chain without traffic", (start) => {
  let world: World;
  before(async () => {
    world = await openWorld(0, start);
    await world.members[0].registerSync({});
    await world.mark();
  });
  afterEach(() => world.reset());
  after(() => world.close());

  /** The newest block is made to lie two hours behind this machine's clock, as after two hours without a transaction. */
  async function idle(act: () => Promise<void>) {
    const { now } = Date;
    Date.now = () => now() + 7_200_000;
    try {
      await act();
    } finally {
      Date.now = now;
    }
  }

  it("should give a signature a deadline that is still to come", async () => {
    const [, stranger] = world.members;
    await idle(async () => {
      const { deadline } = await stranger.signRegister({});
      expect(deadline).to.be.greaterThan(Date.now() / 1_000 + 3_000);
    });
  });

  it("should call no signature good whose deadline is past by either clock", async () => {
    const [agent, stranger] = world.members;
    const signed = await stranger.signRegister({});
    expect(await agent.verifyRegister({ signed })).to.equal(true);
    await idle(async () => {
      expect(await agent.verifyRegister({ signed })).to.equal(false);
    });
    await world.wait(7_200);
    expect(await agent.verifyRegister({ signed })).to.equal(false);
  });

  it("should let a wallet be set after a pause longer than its consent is good for", async () => {
    const [agent, wallet] = world.members;
    // The chain is behind the clock by what this takes; nothing was mined since.
    const signed = await wallet.signAgentWallet({ id: 1 });
    expect(signed.deadline - (await world.now())).to.be.within(200, 400);
    await agent.setAgentWalletSync({ signed });
  });
});

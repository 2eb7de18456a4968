import { expect } from "chai";
import { onEachNode } from "../../../test/utils/nodes.ts";
import { rejection } from "../../../test/utils/rejection.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";

onEachNode("setAgentWallet and unsetAgentWallet", (start) => {
  let world: World;
  before(async () => {
    world = await openWorld(0, start);
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  it("should give and take the wallet, which consented", async () => {
    const [agent, wallet] = world.members;
    const { id } = await agent.registerSync({});
    const consent = await wallet.signAgentWallet({ id });
    expect(await agent.setAgentWalletSync({ signed: consent })).to.deep.include({
      id,
      wallet: wallet.account.address,
    });
    expect(await agent.resolveKey({ address: wallet.account.address })).to.deep.include({ id, role: "wallet" });
    expect((await agent.getIdentity({ id })).wallet).to.equal(wallet.account.address);
    expect(await agent.unsetAgentWalletSync({ id })).to.deep.include({ id, wallet: agent.account.address });
    expect(await agent.resolveKey({ address: wallet.account.address })).to.deep.equal({
      id: undefined,
      role: "none",
      since: 0,
    });
  });

  it("should refuse a consent that is good for too long", async () => {
    const [agent, wallet] = world.members;
    const { id } = await agent.registerSync({});
    const deadline = (await world.now()) + 4_000;
    const consent = await wallet.signAgentWallet({ id, deadline });
    const error = await rejection(agent.setAgentWallet({ signed: consent }));
    expect(error.name).to.equal("DeadlineTooFarError");
    expect(error).to.have.nested.property("args.deadline", deadline);
  });
});

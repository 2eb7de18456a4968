import { expect } from "chai";
import { onEachNode } from "../../../test/utils/nodes.ts";
import { rejection } from "../../../test/utils/rejection.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";

onEachNode("suspend and resume", (start) => {
  let world: World;
  before(async () => {
    world = await openWorld(0, start);
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  it("should stop the identity and start it again", async () => {
    const [agent] = world.members;
    const { id } = await agent.registerSync({});
    expect(await agent.suspendSync({ id })).to.deep.include({ id, by: agent.account.address });
    expect((await agent.getIdentity({ id })).status).to.equal("suspended");
    expect(await rejection(agent.pulse({ id }))).to.deep.include({ name: "IdentitySuspendedError", args: { id } });
    expect(await agent.getIdentity({ id })).to.deep.include({ wallet: undefined, owner: agent.account.address });
    expect(await agent.resumeSync({ id })).to.deep.include({ id, by: agent.account.address });
    expect((await agent.getIdentity({ id })).wallet).to.equal(agent.account.address);
    expect(await rejection(agent.resume({ id }))).to.deep.include({
      name: "IdentityNotSuspendedError",
      args: { id },
    });
  });
});

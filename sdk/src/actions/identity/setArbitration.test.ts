import { expect } from "chai";
import { onEachNode } from "../../../test/utils/nodes.ts";
import { rejection } from "../../../test/utils/rejection.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";

onEachNode("setArbitration", (start) => {
  let world: World;
  before(async () => {
    world = await openWorld(0, start);
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  it("should open and close it, by the owner alone", async () => {
    const [agent, stranger] = world.members;
    const { id } = await agent.registerSync({});
    expect((await agent.getIdentity({ id })).isArbiter).to.equal(false);
    expect(await agent.setArbitrationSync({ id, isOpen: true })).to.deep.include({ id, isOpen: true });
    expect((await agent.getProfile({ id })).isArbiter).to.equal(true);
    expect((await rejection(stranger.setArbitration({ id, isOpen: false }))).name).to.equal("NotOwnerError");
    await agent.setArbitrationSync({ id, isOpen: false });
    expect((await agent.getIdentity({ id })).isArbiter).to.equal(false);
    const error = await rejection(agent.setArbitration({ id, isOpen: "yes" as never }));
    expect(error.name).to.equal("InvalidBooleanError");
  });
});

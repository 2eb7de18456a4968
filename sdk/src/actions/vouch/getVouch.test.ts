import { expect } from "chai";
import { onEachNode } from "../../../test/utils/nodes.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";

onEachNode("getVouch", (start) => {
  const [one, three] = [1, 3];
  let world: World;
  before(async () => {
    world = await openWorld(0, start);
    for (const agent of world.members.slice(0, 3)) await agent.registerSync({});
    await world.mark();
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  it("should answer state none for a pair without one", async () => {
    const vouch = await world.members[0].getVouch({ voucherId: one, subjectId: three });
    expect(vouch).to.deep.include({ state: "none", stance: "none", isActive: false, stake: 0, arbiterId: undefined });
  });
});

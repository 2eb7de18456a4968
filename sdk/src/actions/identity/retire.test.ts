import { expect } from "chai";
import { onEachNode } from "../../../test/utils/nodes.ts";
import { rejection } from "../../../test/utils/rejection.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";

const RECOVERY_DELAY = 7 * 60;

onEachNode("retire", (start) => {
  let world: World;
  before(async () => {
    world = await openWorld(0, start);
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  it("should end an identity without a guardian at once, for ever", async () => {
    const [agent] = world.members;
    const { id } = await agent.registerSync({});
    expect(await agent.retireSync({ id })).to.deep.include({ id, outcome: "retired", readyAt: undefined });
    expect(await agent.getIdentity({ id })).to.deep.include({
      status: "retired",
      owner: undefined,
      wallet: undefined,
      keySince: 0,
    });
    expect(await rejection(agent.pulse({ id }))).to.deep.include({ name: "IdentityRetiredError", args: { id } });
  });

  it("should make one with a guardian wait", async () => {
    const [agent, guardian] = world.members;
    const { id } = await agent.registerSync({});
    await agent.setGuardianSync({ id, guardian: guardian.account.address });
    expect((await agent.retireSync({ id })).outcome).to.equal("proposed");
    expect((await agent.getIdentity({ id })).pending).to.deep.include({ kind: "retirement", candidate: undefined });
    await world.wait(RECOVERY_DELAY);
    expect((await agent.retireSync({ id })).outcome).to.equal("retired");
  });
});

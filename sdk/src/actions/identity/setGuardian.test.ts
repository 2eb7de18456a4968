import { expect } from "chai";
import { onEachNode } from "../../../test/utils/nodes.ts";
import { rejection } from "../../../test/utils/rejection.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";

const RECOVERY_DELAY = 7 * 60;

onEachNode("setGuardian", (start) => {
  let world: World;
  before(async () => {
    world = await openWorld(0, start);
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  it("should set the first at once, and make the next wait", async () => {
    const [agent, guardian, other] = world.members;
    const { id } = await agent.registerSync({});
    const first = await agent.setGuardianSync({ id, guardian: guardian.account.address });
    expect(first).to.deep.include({ outcome: "set", readyAt: undefined });
    expect((await agent.getIdentity({ id })).guardian).to.equal(guardian.account.address);

    const next = { id, guardian: other.account.address };
    const second = await agent.setGuardianSync(next);
    const readyAt = (await world.now()) + RECOVERY_DELAY;
    expect(second).to.deep.include({ outcome: "proposed", readyAt });
    expect((await agent.getIdentity({ id })).pending).to.deep.equal({
      kind: "guardian",
      candidate: other.account.address,
      readyAt,
    });
    expect(await rejection(agent.setGuardian(next))).to.deep.include({
      name: "ChangeNotReadyError",
      args: { id, readyAt },
    });
    await world.wait(RECOVERY_DELAY);
    expect((await agent.setGuardianSync(next)).outcome).to.equal("set");
  });

  it("should let it take the wallet away while the identity is suspended, and only then", async () => {
    const [agent, guardian, wallet] = world.members;
    const { id } = await agent.registerSync({});
    await agent.setGuardianSync({ id, guardian: guardian.account.address });
    await agent.setAgentWalletSync({ signed: await wallet.signAgentWallet({ id }) });
    expect((await rejection(guardian.unsetAgentWallet({ id }))).name).to.equal("NotAuthorizedError");
    await guardian.suspendSync({ id });
    expect((await guardian.unsetAgentWalletSync({ id })).wallet).to.equal(undefined);
    await guardian.resumeSync({ id });
    expect((await agent.getIdentity({ id })).wallet).to.equal(agent.account.address);
  });

  it("should refuse the guardian that it has, and the owner", async () => {
    const [agent] = world.members;
    const { id } = await agent.registerSync({});
    expect(await rejection(agent.setGuardian({ id, guardian: undefined }))).to.deep.include({
      name: "GuardianUnchangedError",
      args: { id, guardian: undefined },
    });
    expect(await rejection(agent.setGuardian({ id, guardian: agent.account.address }))).to.deep.include({
      name: "InvalidGuardianError",
      args: { id, guardian: agent.account.address },
    });
  });
});

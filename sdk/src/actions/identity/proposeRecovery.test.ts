import { expect } from "chai";
import { onEachNode } from "../../../test/utils/nodes.ts";
import { rejection } from "../../../test/utils/rejection.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";

const RECOVERY_DELAY = 7 * 60;

onEachNode("proposeRecovery, claimRecovery and cancelPending", (start) => {
  let world: World;
  before(async () => {
    world = await openWorld(0, start);
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  it("should recover a suspended identity to the candidate", async () => {
    const [agent, guardian, candidate] = world.members;
    const { id } = await agent.registerSync({});
    await agent.setGuardianSync({ id, guardian: guardian.account.address });
    await guardian.suspendSync({ id });
    const proposal = await guardian.proposeRecoverySync({ id, candidate: candidate.account.address });
    const readyAt = (await world.now()) + RECOVERY_DELAY;
    expect(proposal).to.deep.include({ id, candidate: candidate.account.address, readyAt });
    expect((await rejection(candidate.claimRecovery({ id }))).name).to.equal("ChangeNotReadyError");
    await world.wait(RECOVERY_DELAY);
    expect(await rejection(agent.claimRecovery({ id }))).to.deep.include({
      name: "NotCandidateError",
      args: { id, caller: agent.account.address },
    });
    expect(await candidate.claimRecoverySync({ id })).to.deep.include({ keyEpoch: 1 });
    expect(await agent.getIdentity({ id })).to.deep.include({
      owner: candidate.account.address,
      ownerKind: "unproven",
      status: "suspended",
      pending: undefined,
    });
    expect((await rejection(candidate.proveKey({ id }))).name).to.equal("IdentitySuspendedError");
    await guardian.resumeSync({ id });
    expect((await agent.getIdentity({ id })).status).to.equal("active");
    await candidate.proveKeySync({ id });
    expect((await agent.getIdentity({ id })).ownerKind).to.equal("key");
  });

  it("should say what was cancelled, and by whom", async () => {
    const [agent, guardian, candidate] = world.members;
    const { id } = await agent.registerSync({});
    await agent.setGuardianSync({ id, guardian: guardian.account.address });
    expect(await rejection(agent.proposeRecovery({ id, candidate: candidate.account.address }))).to.deep.include({
      name: "NotGuardianError",
      args: { id, caller: agent.account.address },
    });
    await guardian.proposeRecoverySync({ id, candidate: candidate.account.address });
    expect((await rejection(agent.cancelPending({ id }))).name).to.equal("NotAuthorizedError");
    expect((await rejection(agent.retire({ id }))).name).to.equal("RecoveryPendingError");
    const cancelled = await guardian.cancelPendingSync({ id });
    expect(cancelled).to.deep.include({ id, kind: "recovery", by: guardian.account.address });
    expect(await rejection(guardian.cancelPending({ id }))).to.deep.include({
      name: "NoPendingChangeError",
      args: { id },
    });
  });
});

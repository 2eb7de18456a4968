import { expect } from "chai";
import { onEachNode } from "../../../test/utils/nodes.ts";
import { rejection } from "../../../test/utils/rejection.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";

onEachNode("signRotateKey and signAgentWallet", (start) => {
  const one = 1;
  let world: World;
  before(async () => {
    world = await openWorld(0, start);
    for (const agent of world.members.slice(0, 2)) await agent.registerSync({});
    await world.earn(...world.members.slice(0, 2));
    // The payer has sent transactions before: the nonce of the payer is not the one that is signed.
    const [, , , payer] = world.members;
    for (let sent = 0; sent < 2; sent++) await payer.sendTransaction({ to: payer.account.address });
    // Anvil makes several blocks a second, and a check-in that is signed counts in a later one than the last.
    await world.wait(1);
    await world.mark();
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  it("should refuse an identity that has no owner", async () => {
    const [, , next] = world.members;
    expect(await rejection(next.signRotateKey({ id: 9 }))).to.deep.include({
      name: "UnknownIdentityError",
      args: { id: 9 },
    });
    expect((await rejection(next.signAgentWallet({ id: 9 }))).name).to.equal("UnknownIdentityError");
    await world.members[0].retireSync({ id: one });
    for (const consent of [() => next.signRotateKey({ id: one }), () => next.signAgentWallet({ id: one })]) {
      expect(await rejection(consent())).to.deep.include({ name: "IdentityRetiredError", args: { id: one } });
    }
  });
});

import { expect } from "chai";
import { onEachNode } from "../../test/utils/nodes.ts";
import { openWorld, type World } from "../../test/utils/world.ts";

onEachNode("signing", (start) => {
  const [one, two] = [1, 2];
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

  describe("given a signer by address alone, in small letters", () => {
    it("should sign all the same, through the node", async () => {
      const [voucher, , , payer] = world.members;
      const account = voucher.account.address.toLowerCase() as `0x${string}`;
      const signed = await voucher.signVouch({ account, voucherId: one, subjectId: two, stake: 2, periods: 1 });
      expect((await payer.vouchForSync({ signed })).edge.stake).to.equal(2);
      await payer.pulseForSync({ signed: await voucher.signPulse({ account, id: one }) });
      const [, , next] = world.members;
      const consent = await next.signRegister({ account: next.account.address.toLowerCase() as `0x${string}` });
      expect(consent.owner).to.equal(next.account.address);
      expect((await payer.registerForSync({ signed: consent })).owner).to.equal(next.account.address);
    });
  });
});

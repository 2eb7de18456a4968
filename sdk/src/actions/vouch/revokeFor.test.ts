import { expect } from "chai";
import { onEachNode } from "../../../test/utils/nodes.ts";
import { rejection } from "../../../test/utils/rejection.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";
import { shortAddresses } from "../../index.ts";
import { revokeTypes, vouchDomain } from "../../signatures/typedData.ts";

onEachNode("signRevoke and revokeFor", (start) => {
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

  /** What a signature is after it travelled as JSON. */
  const posted = <signed>(signed: signed): signed => JSON.parse(JSON.stringify(signed));

  it("should revoke, paid by another", async () => {
    const [voucher, , , payer] = world.members;
    await voucher.vouchSync({ voucherId: one, subjectId: two, stake: 1, periods: 1 });
    const signed = posted(await voucher.signRevoke({ voucherId: one, subjectId: two }));
    const { edge } = await payer.revokeForSync({ signed });
    expect(edge.state).to.equal("revoked");
  });

  it("should not be made, nor be taken for good, where the pair has nothing", async () => {
    const [voucher, , , payer] = world.members;
    const pair = { voucherId: one, subjectId: two };
    expect(await rejection(voucher.signRevoke(pair))).to.deep.include({ name: "VouchNotFoundError", args: pair });
    const terms = { ...pair, keyEpoch: 0, since: 0, signatureNonce: 0, deadline: (await world.now()) + 600 };
    const [chainId, registry] = [31_337, shortAddresses.vouchRegistry];
    const signature = await voucher.signTypedData({
      ...{ domain: vouchDomain(chainId, registry), types: revokeTypes, primaryType: "Revoke" },
      message: { voucherId: 1n, subjectId: 2n, keyEpoch: 0, since: 0, nonce: 0n, deadline: BigInt(terms.deadline) },
    });
    const signed = { chainId, registry, ...terms, signature };
    expect(await payer.verifyRevoke({ signed })).to.equal(false);
    expect(await rejection(payer.revokeFor({ signed }))).to.deep.include({ name: "VouchNotFoundError", args: pair });
  });

  it("should not take back what was made anew since", async () => {
    const [voucher, , , payer] = world.members;
    const pair = { voucherId: one, subjectId: two };
    await voucher.vouchSync({ ...pair, stake: 1, periods: 1 });
    const signed = await voucher.signRevoke(pair);
    expect(signed.since).to.equal((await voucher.getVouch(pair)).since);
    await world.wait(1);
    await voucher.warnSync({ ...pair, stake: 1, periods: 1 });
    expect(await payer.verifyRevoke({ signed })).to.equal(false);
    expect((await rejection(payer.revokeFor({ signed }))).name).to.equal("InvalidSignatureError");
    const { edge } = await payer.revokeForSync({ signed: await voucher.signRevoke(pair) });
    expect(edge).to.deep.include({ state: "revoked", stance: "against" });
  });
});

// Nonces without an order: signatures do not wait for each other, and taking one back makes no other one valid.

import { expect } from "chai";
import { rejection } from "../../test/utils/rejection.ts";
import { openWorld, type World } from "../../test/utils/world.ts";

describe("the nonce of a signature", () => {
  const [one, two] = [1, 2];
  const vouches = { registry: "vouchRegistry" } as const;
  let world: World;
  before(async () => {
    world = await openWorld();
    for (const agent of world.members.slice(0, 2)) await agent.registerSync({});
    await world.earn(...world.members.slice(0, 2));
    await world.mark();
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  const offer = { voucherId: one, subjectId: two, stake: 3, periods: 2 };

  it("should take the lowest nonce that is free", async () => {
    const [voucher, , payer] = world.members;
    expect((await voucher.signVouch(offer)).signatureNonce).to.equal(0);
    await voucher.invalidateNoncesSync({ ...vouches, nonces: [0, 2] });
    const signed = await voucher.signVouch(offer);
    expect(signed.signatureNonce).to.equal(1);
    await payer.vouchForSync({ signed });
    expect((await voucher.signRevoke(offer)).signatureNonce).to.equal(3);
  });

  it("should need no order, and make alternatives of two with the same nonce", async () => {
    const [voucher, , payer, third] = world.members;
    const { id: subjectId } = await third.registerSync({});
    const [, second] = await voucher.getFreeNonces({ ...vouches, owner: voucher.account.address, count: 2 });
    const early = await voucher.signVouch(offer);
    const late = await voucher.signVouch({ ...offer, subjectId, stake: 9, signatureNonce: second });
    const alternative = await voucher.signWarn(offer);
    expect((await payer.vouchForSync({ signed: late })).edge.stake).to.equal(9);
    expect(await payer.verifyVouch({ signed: late })).to.equal(false);
    expect(await payer.verifyWarn({ signed: alternative })).to.equal(true);
    await payer.warnForSync({ signed: alternative });
    expect(await payer.verifyVouch({ signed: early })).to.equal(false);
    expect((await rejection(payer.vouchFor({ signed: early }))).name).to.equal("NonceUsedError");
  });

  it("should leave other signatures valid when one is taken back", async () => {
    const [voucher, , payer] = world.members;
    const nonces = await voucher.getFreeNonces({ ...vouches, owner: voucher.account.address, count: 2 });
    const [first, second] = await Promise.all(
      nonces.map((signatureNonce) => voucher.signVouch({ ...offer, signatureNonce })),
    );
    if (first === undefined || second === undefined) throw new TypeError("Two were asked for.");
    await voucher.invalidateNoncesSync({ ...vouches, nonces: [first.signatureNonce] });
    expect(await payer.verifyVouch({ signed: first })).to.equal(false);
    expect(await payer.verifyVouch({ signed: second })).to.equal(true);
    await payer.vouchForSync({ signed: second });
  });

  it("should need none for a check-in, which names the last one", async () => {
    const [agent, , payer] = world.members;
    const owner = agent.account.address;
    const signed = await agent.signPulse({ id: one });
    expect(signed).to.not.have.property("signatureNonce");
    await payer.pulseForSync({ signed });
    expect(await agent.getFreeNonces({ registry: "identityRegistry", owner })).to.deep.equal([0]);
  });

  it("should take the one asked for, if it is a nonce", async () => {
    const [, , newcomer, payer] = world.members;
    const owner = newcomer.account.address;
    const signatureNonce = 2 ** 53 - 1;
    await payer.registerForSync({ signed: await newcomer.signRegister({ signatureNonce }) });
    const used = { registry: "identityRegistry", owner, nonce: signatureNonce } as const;
    expect(await newcomer.isNonceUsed(used)).to.equal(true);
    for (const wrong of [-1, 0.5, 2 ** 53]) {
      const error = await rejection(newcomer.signRegister({ signatureNonce: wrong }));
      expect(error.name, String(wrong)).to.equal("InvalidUint256Error");
    }
  });

  it("should keep the nonces of both registries apart", async () => {
    const [voucher, , , newcomer, payer] = world.members;
    const signed = await newcomer.signRegister({});
    await newcomer.invalidateNoncesSync({ ...vouches, nonces: [signed.signatureNonce] });
    expect(await payer.verifyRegister({ signed })).to.equal(true);
    expect((await voucher.signVouch({ ...offer, signatureNonce: 2 ** 53 - 1 })).signatureNonce).to.equal(2 ** 53 - 1);
  });
});

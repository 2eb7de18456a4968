import { expect } from "chai";
import { rejection } from "../../../test/utils/rejection.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";
import { consentNonce } from "../../index.ts";

describe("voidConsent", () => {
  const one = 1;
  let world: World;
  before(async () => {
    world = await openWorld();
    for (const agent of world.members.slice(0, 2)) await agent.registerSync({});
    await world.earn(...world.members.slice(0, 2));
    await world.mark();
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  it("should take back the consent of the next key, and no other", async () => {
    const [owner, , next] = world.members;
    const consent = await next.signRotateKey({ id: one });
    const other = await next.signRotateKey({ id: one, deadline: consent.deadline + 1 });
    const { nonces } = await next.voidConsentSync({ signed: consent });
    const nonce = consentNonce(consent);
    expect(nonces).to.deep.equal([nonce]);
    expect(await owner.verifyRotateKey({ signed: consent })).to.equal(false);
    expect(await rejection(owner.rotateKey({ signed: consent }))).to.deep.include({
      name: "NonceUsedError",
      args: { owner: next.account.address, nonce },
    });
    expect(await owner.verifyRotateKey({ signed: other })).to.equal(true);
    await owner.rotateKeySync({ signed: other });
  });

  it("should take back the consent of a wallet, which could else be used again", async () => {
    const [owner, , wallet] = world.members;
    const consent = await wallet.signAgentWallet({ id: one });
    await owner.setAgentWalletSync({ signed: consent });
    expect(await owner.verifyAgentWallet({ signed: consent })).to.equal(true);
    await wallet.unsetAgentWalletSync({ id: one });
    await wallet.voidConsentSync({ signed: consent });
    expect(await owner.verifyAgentWallet({ signed: consent })).to.equal(false);
    expect((await rejection(owner.setAgentWallet({ signed: consent }))).name).to.equal("NonceUsedError");
  });

  it("should take back a signed check-in, while suspended too, and no other", async () => {
    const [owner, , payer] = world.members;
    const signed = await owner.signPulse({ id: one });
    const other = await owner.signPulse({ id: one, deadline: signed.deadline + 1 });
    const { lastSeen } = await owner.getIdentity({ id: one });
    await owner.suspendSync({ id: one });
    const nonce = consentNonce(signed);
    expect((await owner.voidConsentSync({ signed })).nonces).to.deep.equal([nonce]);
    await owner.resumeSync({ id: one });
    expect((await owner.getIdentity({ id: one })).lastSeen).to.equal(lastSeen);
    expect(await payer.verifyPulse({ signed })).to.equal(false);
    const error = await rejection(payer.pulseFor({ signed }));
    expect(error).to.deep.include({ name: "NonceUsedError", args: { owner: owner.account.address, nonce } });
    expect(error.message).to.include("Sign again, with another deadline");
    expect(await payer.verifyPulse({ signed: other })).to.equal(true);
    await payer.pulseForSync({ signed: other });
  });

  it("should be refused to somebody else, for whom it would do nothing", async () => {
    const [owner, , next] = world.members;
    for (const [consent, caller] of [
      [await next.signRotateKey({ id: one }), owner],
      [await next.signAgentWallet({ id: one }), owner],
      [await owner.signPulse({ id: one }), next],
    ] as const) {
      const error = await rejection(caller.voidConsent({ signed: consent }));
      expect(error.name).to.equal("NotSignerError");
      expect(error.message).to.include(caller.account.address);
    }
  });
});

// Nonces without an order: signatures do not wait for each other, and taking one back makes no other one valid.

import { expect } from "chai";
import fc from "fast-check";
import { rejection } from "../../../test/utils/rejection.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";
import { noncesOf, placeOf } from "../../codecs/nonces.ts";
import { consentNonce, shortAddresses, unorderedNoncesAbi } from "../../index.ts";

describe("nonces", () => {
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

  it("should be the bits of words, there and back", () => {
    const nonces = fc.uniqueArray(fc.bigInt({ min: 0n, max: 255n }), { minLength: 1 });
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 248n - 1n }), nonces, (word, bits) => {
        const all = bits.map((bit) => word * 256n + bit).sort((a, b) => (a < b ? -1 : 1));
        const places = all.map(placeOf);
        expect(places.every((place) => place.word === word)).to.equal(true);
        const mask = places.reduce((sum, place) => sum | place.mask, 0n);
        expect(noncesOf(word, mask)).to.deep.equal(all);
      }),
    );
  });

  describe("signing", () => {
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

  describe("getFreeNonces", () => {
    const full = 2n ** 256n - 1n;
    /** Uses up whole words. */
    async function fill(...words: bigint[]) {
      const [voucher] = world.members;
      for (const word of words) {
        const hash = await voucher.writeContract({
          ...{ address: shortAddresses.vouchRegistry, abi: unorderedNoncesAbi },
          ...{ functionName: "invalidateNonces", args: [word, full] },
        });
        await voucher.waitForTransactionReceipt({ hash });
      }
    }

    it("should go on where words are full, and fill gaps first", async () => {
      const [voucher] = world.members;
      const owner = voucher.account.address;
      await fill(0n, 1n, 3n);
      await voucher.invalidateNoncesSync({ ...vouches, nonces: [512, 514] });
      expect(await voucher.getFreeNonces({ ...vouches, owner })).to.deep.equal([513]);
      const many = await voucher.getFreeNonces({ ...vouches, owner, count: 300 });
      expect(many.slice(0, 3)).to.deep.equal([513, 515, 516]);
      expect(many).to.have.length(300);
      expect(many.slice(253, 256)).to.deep.equal([767, 1024, 1025]);
      expect(await voucher.getFreeNonces({ ...vouches, owner: world.members[1].account.address })).to.deep.equal([0]);
    });

    it("should refuse what is no number of nonces", async () => {
      const [voucher] = world.members;
      for (const count of [0, 1.5, Number.POSITIVE_INFINITY]) {
        const error = await rejection(voucher.getFreeNonces({ ...vouches, owner: voucher.account.address, count }));
        expect(error.name, String(count)).to.equal("InvalidLimitError");
      }
    });
  });

  describe("invalidateNonces", () => {
    it("should say which are used up, whatever their size", async () => {
      const [voucher] = world.members;
      const last = 2n ** 256n - 1n;
      const { owner, nonces } = await voucher.invalidateNoncesSync({ ...vouches, nonces: [last, last - 3n] });
      expect({ owner, nonces }).to.deep.equal({ owner: voucher.account.address, nonces: [last - 3n, last] });
      expect(await voucher.isNonceUsed({ ...vouches, owner, nonce: last })).to.equal(true);
      expect(await voucher.isNonceUsed({ ...vouches, owner, nonce: last - 1n })).to.equal(false);
      expect(await voucher.isNonceUsed({ registry: "identityRegistry", owner, nonce: last })).to.equal(false);
    });

    it("should refuse nonces of several words, none, and what is no nonce", async () => {
      const [voucher] = world.members;
      for (const [nonces, name] of [
        [[255, 256], "NoncesApartError"],
        [[], "NoncesApartError"],
        [[-1], "InvalidUint256Error"],
        [[2 ** 53], "InvalidUint256Error"],
        [[2n ** 256n], "InvalidUint256Error"],
      ] as const) {
        expect((await rejection(voucher.invalidateNonces({ ...vouches, nonces }))).name).to.equal(name);
      }
    });
  });

  describe("voidConsent", () => {
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
});

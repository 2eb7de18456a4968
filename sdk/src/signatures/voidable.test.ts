// What was signed and cannot count, by itself or by what came since: signing refuses it, verifying says no, and taking it
// back is refused, because nothing would come of it. What only cannot count yet is taken back like what can count now.

import { expect } from "chai";
import { concatHex, type Hex } from "viem";
import { rejection } from "../../test/utils/rejection.ts";
import { type Member, openWorld, type World } from "../../test/utils/world.ts";
import { offerStruct } from "../check/offer.ts";
import { type SignedVouch, shortAddresses, type VoidConsentParameters } from "../index.ts";
import { pulseMessage, revokeMessage } from "./messages.ts";
import { offerMessage } from "./offerMessage.ts";

describe("what was signed and cannot count", () => {
  const pair = { voucherId: 1, subjectId: 2 };
  const offer = { ...pair, stake: 3, periods: 1 };
  let world: World;
  let payer: Member;
  let one: Member;
  let two: Member;
  let three: Member;
  let next: Member;
  let other: Member;
  before(async () => {
    world = await openWorld();
    [payer, one, two, three, next, other] = world.members;
    for (const agent of [one, two, three]) await agent.registerSync({});
    await world.earn(one, two, three);
    await three.setArbitrationSync({ id: 3, isOpen: true });
    await world.mark();
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  const nameOf = async (refusal: Promise<unknown>) => (await rejection(refusal)).name;
  const nonceUsed = (registry: "identityRegistry" | "vouchRegistry", owner: Member, nonce: number | bigint) =>
    payer.isNonceUsed({ registry, owner: owner.account.address, nonce });
  const height = () => payer.getBlockNumber({ cacheTime: 0 });
  /** Refused with these words, and nothing is sent. */
  async function isRefused(by: Member, signed: VoidConsentParameters["signed"], words: RegExp | string) {
    const block = await height();
    const error = await rejection(by.voidConsent({ signed }));
    if (typeof words === "string") expect(error.name).to.equal(words);
    else expect(error.message).to.match(words);
    expect(await height()).to.equal(block);
  }
  /** The same vouch with some fields changed, and signed again. */
  async function signedAnew(by: Member, signed: SignedVouch, changes: Partial<SignedVouch>): Promise<SignedVouch> {
    const changed = { ...signed, ...changes };
    const { chainId, registry, subjectOwner: subject, ...rest } = changed;
    const binding = { ...rest, subject, arbiterOwner: changed.arbiterOwner };
    const message = offerMessage("vouch", chainId, registry, offerStruct(changed), binding);
    return { ...changed, signature: await by.account.signTypedData(message) };
  }

  describe("voidConsent", () => {
    it("should take back everything that is signed, by its nonce in its registry, and once", async () => {
      await one.vouchSync({ voucherId: 1, subjectId: 3, stake: 1, periods: 1 });
      const register = await next.signRegister({ signatureNonce: 4 });
      const vouch = await one.signVouch({ ...offer, signatureNonce: 5 });
      const warn = await one.signWarn({ ...offer, signatureNonce: 6 });
      const revoke = await one.signRevoke({ voucherId: 1, subjectId: 3, signatureNonce: 7 });
      for (const [by, signed, registry] of [
        [next, register, "identityRegistry"],
        [one, vouch, "vouchRegistry"],
        [one, warn, "vouchRegistry"],
        [one, revoke, "vouchRegistry"],
      ] as const) {
        const { owner, nonces } = await by.voidConsentSync({ signed });
        expect({ owner, nonces }).to.deep.equal({ owner: by.account.address, nonces: [BigInt(signed.signatureNonce)] });
        expect(await nonceUsed(registry, by, signed.signatureNonce)).to.equal(true);
        await isRefused(
          by,
          signed,
          /^It is void: nonce \d of 0x\w+ is used, by this or another signature, or made void\./,
        );
      }
      for (const [by, signed] of [
        [next, await next.signRotateKey({ id: 1 })],
        [next, await next.signAgentWallet({ id: 1 })],
        [one, await one.signPulse({ id: 1 })],
      ] as const) {
        await by.voidConsentSync({ signed });
        await isRefused(by, signed, /^It is void: it was taken back\./);
      }
      const verdicts = await Promise.all([
        payer.verifyRegister({ signed: register }),
        ...[
          payer.verifyVouch({ signed: vouch }),
          payer.verifyWarn({ signed: warn }),
          payer.verifyRevoke({ signed: revoke }),
        ],
      ]);
      expect(verdicts).to.deep.equal([false, false, false, false]);
    });

    it("should refuse what is for another chain or registry", async () => {
      for (const signed of [await one.signPulse({ id: 1 }), await one.signVouch(offer)]) {
        await isRefused(
          one,
          { ...signed, chainId: 1 },
          /^It was signed for 0x\w+ on chain 1, and not for 0x\w+ on chain 31337\./,
        );
        await isRefused(one, { ...signed, registry: payer.account.address }, "SignedElsewhereError");
      }
    });

    it("should refuse what has another signature than its own, and take what has none at its word", async () => {
      const pulse = await one.signPulse({ id: 1 });
      const vouch = await one.signVouch(offer);
      const register = await next.signRegister({});
      await one.vouchSync({ voucherId: 1, subjectId: 3, stake: 1, periods: 1 });
      const revoke = await one.signRevoke({ voucherId: 1, subjectId: 3 });
      for (const [by, signed] of [
        [one, { ...pulse, deadline: pulse.deadline + 1 }],
        [one, { ...pulse, signature: "0x" }],
        [two, { ...pulse, id: 2, owner: two.account.address, lastSeen: pulse.lastSeen + 600 }],
        [one, { ...vouch, stake: 4 }],
        [one, { ...vouch, signatureNonce: 9 }],
        [one, { ...revoke, signatureNonce: 9 }],
        [next, { ...register, agentURI: "ipfs://b" }],
        [other, { ...register, owner: other.account.address }],
        [next, { ...(await next.signRotateKey({ id: 1 })), signature: pulse.signature }],
        [next, { ...(await next.signAgentWallet({ id: 1 })), signature: pulse.signature }],
      ] as const) {
        await isRefused(by, signed, "InvalidSignatureError");
      }
      const { signature: _, ...unsigned } = pulse;
      await one.voidConsentSync({ signed: unsigned });
      expect(await payer.verifyPulse({ signed: pulse })).to.equal(false);
    });

    it("should be left to whoever signed it, whatever it is", async () => {
      for (const [signed, caller] of [
        [await one.signVouch(offer), two],
        [await one.signWarn(offer), two],
        [await next.signRegister({}), two],
      ] as const) {
        await isRefused(caller, signed, "NotSignerError");
      }
    });

    it("should ask a smart account about its signature as its registry does (ERC-1271)", async () => {
      const yes = concatHex(["0x7f", `0x1626ba7e${"00".repeat(28)}`, "0x60005260206000f3"]);
      const bytecode = concatHex([
        "0x3373",
        shortAddresses.identityRegistry,
        "0x1415",
        "0x6044",
        "0x57",
        yes,
        "0x5b00",
      ]);
      const address = "0x00000000000000000000000000000000000000Ac" as const;
      await payer.setCode({ address, bytecode });
      await payer.setCode({ address: one.account.address, bytecode: concatHex(["0xef0100", address]) });
      const signed = { ...(await one.signPulse({ id: 1 })), signature: "0x1234" as Hex };
      expect(await payer.verifyPulse({ signed })).to.equal(true);
      await one.voidConsentSync({ signed });
      expect(await payer.verifyPulse({ signed })).to.equal(false);
      await payer.setCode({ address, bytecode: "0x00" });
      await isRefused(one, { ...signed, deadline: signed.deadline + 1 }, "InvalidSignatureError");
    });

    it("should refuse what is void by what came since, and say what that was", async () => {
      const third = { ...offer, subjectId: 3 };
      const pulse = await one.signPulse({ id: 1 });
      const moved = await one.signVouch(third);
      const taken = [await next.signRegister({}), await next.signRotateKey({ id: 1 })] as const;
      const wallet = await next.signAgentWallet({ id: 1 });
      const late = await one.signVouch({ ...offer, deadline: (await world.now()) + 60 });
      const judged = await one.signVouch({ ...offer, arbiterId: 3 });
      const given = await one.signVouch(offer);
      await world.wait(61);
      await isRefused(one, late, /^It is void: it counted until \d/);
      await one.pulseSync({ id: 1 });
      await isRefused(one, pulse, /^It is void: identity 1 has checked in since\./);
      await one.warnSync(third);
      await isRefused(one, moved, /^It is void: identity 1 vouched, warned, revoked or added points for 3 since\./);
      const end = await one.signRevoke(third);
      await one.revokeSync(third);
      await isRefused(one, end, /since\./);
      await next.registerSync({});
      for (const signed of taken) {
        await isRefused(next, signed, /^It is void: 0x\w+ is, or once was, a key of identity 4\./);
      }
      await isRefused(next, wallet, /a key of identity 4\./);
      await three.rotateKeySync({ signed: await other.signRotateKey({ id: 3 }) });
      await isRefused(one, judged, /^It is void: 0x\w+ is the owner of identity 3 no more\./);
      await two.retireSync({ id: 2 });
      await isRefused(one, given, /^It is void: 0x\w+ is the owner of identity 2 no more\./);
    });

    it("should refuse what is void by a change of the signer's identity, or is of none", async () => {
      const pulse = await one.signPulse({ id: 1 });
      const vouch = await one.signVouch(offer);
      const consent = await next.signRotateKey({ id: 1 });
      const wallet = await other.signAgentWallet({ id: 1 });
      await isRefused(one, { ...pulse, id: 99 }, "UnknownIdentityError");
      await isRefused(next, { ...consent, id: 99 }, "UnknownIdentityError");
      await isRefused(one, { ...vouch, voucherId: 99 }, "UnknownIdentityError");
      await one.rotateKeySync({ signed: consent });
      await isRefused(one, pulse, /^It is void: 0x\w+ is the owner of identity 1 no more\./);
      await isRefused(other, wallet, /^It is void: 0x\w+ is the owner of identity 1 no more\./);
      await isRefused(one, vouch, /^It is void: the key of identity 1 has changed since\./);
      await isRefused(next, consent, /^It is void: the key of identity 1 has changed since\./);
      await next.retireSync({ id: 1 });
      for (const [by, signed] of [
        [one, pulse],
        [one, vouch],
        [next, consent],
        [other, wallet],
      ] as const) {
        await isRefused(by, signed, /^It is void: identity 1 is retired\./);
      }
    });

    it("should refuse a revocation of what was disowned", async () => {
      await one.vouchSync(offer);
      const signed = await one.signRevoke(pair);
      await two.disownSync(pair);
      await isRefused(one, signed, /^It is void: what identity 1 staked on 2 is over\./);
    });

    it("should take back what cannot count yet: for a later date, key or retirement", async () => {
      const pulse = await one.signPulse({ id: 1 });
      const later = { ...pulse, lastSeen: (await world.now()) + 600 };
      const stocked = { ...later, signature: await one.account.signTypedData(pulseMessage(later)) };
      expect(await payer.verifyPulse({ signed: stocked })).to.equal(false);
      await one.voidConsentSync({ signed: stocked });

      const wallet = await next.signAgentWallet({ id: 1, deadline: (await world.now()) + 3_600 });
      await next.voidConsentSync({ signed: wallet });

      const vouch = await one.signVouch({ ...offer, signatureNonce: 8 });
      await one.voidConsentSync({ signed: await signedAnew(one, vouch, { subjectOwner: next.account.address }) });
      const retired = { arbiterId: 3, arbiterOwner: undefined, signatureNonce: 9 };
      await one.voidConsentSync({ signed: await signedAnew(one, vouch, retired) });
      const dated = { since: (await world.now()) + 600, signatureNonce: 10 };
      await one.voidConsentSync({ signed: await signedAnew(one, vouch, dated) });
      const rekeyed = await signedAnew(next, vouch, { keyEpoch: 1, signatureNonce: 11 });
      await isRefused(
        one,
        rekeyed,
        /^It was signed for a later key of identity 1 than it has, and not by this account: whose nonce 11/,
      );
      await next.voidConsentSync({ signed: rekeyed });
      await one.rotateKeySync({ signed: await next.signRotateKey({ id: 1 }) });
      expect(await nameOf(payer.vouchFor({ signed: rekeyed }))).to.equal("NonceUsedError");
    });
  });

  describe("signRegister, signRotateKey and signAgentWallet", () => {
    it("should refuse who is, or once was, an owner: a key serves one identity", async () => {
      await two.rotateKeySync({ signed: await next.signRotateKey({ id: 2 }) });
      for (const key of [two, next]) {
        const args = { key: key.account.address, id: 2 };
        for (const refusal of [key.signRegister({}), key.signRotateKey({ id: 1 }), key.signAgentWallet({ id: 1 })]) {
          expect(await rejection(refusal)).to.deep.include({ name: "AlreadyRegisteredError", args });
        }
      }
      expect(await nameOf(two.signAgentWallet({ id: 2 }))).to.equal("AlreadyRegisteredError");
      // The owner itself is no obstacle: it takes the wallet's place.
      const own = await one.signAgentWallet({ id: 1 });
      expect(await payer.verifyAgentWallet({ signed: own })).to.equal(true);
      expect((await one.setAgentWalletSync({ signed: own })).wallet).to.equal(one.account.address);
    });

    it("should sign as a wallet, which is free again once it is unset; verifying says no until then", async () => {
      await one.setAgentWalletSync({ signed: await next.signAgentWallet({ id: 1 }) });
      const signed = await next.signRegister({});
      const consent = await next.signRotateKey({ id: 1 });
      const wallet = await next.signAgentWallet({ id: 2 });
      const verdicts = () =>
        Promise.all([
          payer.verifyRegister({ signed }),
          payer.verifyRotateKey({ signed: consent }),
          payer.verifyAgentWallet({ signed: wallet }),
        ]);
      expect(await verdicts()).to.deep.equal([false, false, false]);
      for (const refusal of [
        payer.registerFor({ signed }),
        one.rotateKey({ signed: consent }),
        two.setAgentWallet({ signed: wallet }),
      ]) {
        expect(await nameOf(refusal)).to.equal("AlreadyRegisteredError");
      }
      await next.unsetAgentWalletSync({ id: 1 });
      expect(await verdicts()).to.deep.equal([true, true, true]);
      expect((await payer.registerForSync({ signed })).id).to.equal(4);
      expect(await verdicts()).to.deep.equal([false, false, false]);
    });
  });

  describe("signAgentWallet", () => {
    it("should sign for four minutes, or for five minutes to come, which is when it is good", async () => {
      const now = await world.now();
      expect((await next.signAgentWallet({ id: 1 })).deadline).to.be.within(now + 240, now + 250);
      const later = await next.signAgentWallet({ id: 1, deadline: now + 1_000 });
      expect(await payer.verifyAgentWallet({ signed: later })).to.equal(false);
      await world.wait(690);
      expect(await payer.verifyAgentWallet({ signed: later })).to.equal(false);
      await world.wait(10);
      expect(await payer.verifyAgentWallet({ signed: later })).to.equal(true);
      expect((await one.setAgentWalletSync({ signed: later })).wallet).to.equal(next.account.address);
    });
  });

  describe("signVouch and signWarn", () => {
    it("should not name voucher or subject as arbiter, which no registry takes", async () => {
      for (const arbiterId of [1, 2]) {
        for (const refusal of [one.signVouch({ ...offer, arbiterId }), one.signWarn({ ...offer, arbiterId })]) {
          expect(await rejection(refusal)).to.deep.include({ name: "InvalidArbiterError", args: { arbiterId } });
        }
      }
      const arbiter = { arbiterId: 2, arbiterOwner: two.account.address };
      const forced = await signedAnew(one, await one.signVouch(offer), arbiter);
      expect(await nameOf(payer.vouchFor({ signed: forced }))).to.equal("InvalidArbiterError");
      expect(await payer.verifyVouch({ signed: forced })).to.equal(false);
      await isRefused(one, forced, /^It is void: identity 2 cannot be the arbiter of its own vouch\./);
    });
  });

  describe("signRevoke and verifyRevoke", () => {
    /** A revocation of what the pair has, whether or not it can land. */
    async function forced() {
      const { since } = await one.getVouch(pair);
      const { signature: _, ...pulse } = await one.signPulse({ id: 1 });
      const { chainId, deadline } = pulse;
      const signed = { ...pair, chainId, deadline: deadline + 90_000, keyEpoch: 0, since, signatureNonce: 3 };
      const revocation = { ...signed, registry: shortAddresses.vouchRegistry };
      return { ...revocation, signature: await one.account.signTypedData(revokeMessage(revocation)) };
    }

    it("should refuse what was revoked or disowned, whose revocation never lands", async () => {
      for (const [end, state] of [
        [() => one.revokeSync(pair), "revoked"],
        [() => two.disownSync(pair), "disowned"],
      ] as const) {
        await one.vouchSync(offer);
        await end();
        expect(await rejection(one.signRevoke(pair))).to.deep.include({
          name: "VouchNotLiveError",
          args: { ...pair, state },
        });
        expect(await nameOf(payer.revokeFor({ signed: await forced() }))).to.equal("VouchNotLiveError");
        expect(await payer.verifyRevoke({ signed: await forced() })).to.equal(false);
        await world.reset();
      }
    });

    it("should sign for what ended by itself until it is released: an extension revives it", async () => {
      await one.vouchSync(offer);
      const { endPeriod, releasePeriod } = await one.getVouch(pair);
      const { origin, period } = await one.getParameters();
      const start = (number: number) => origin + number * period;
      await world.wait(start(endPeriod + 1) - (await world.now()));
      const signed = await one.signRevoke({ ...pair, deadline: (await world.now()) + 90_000 });
      expect(await payer.verifyRevoke({ signed })).to.equal(true);
      expect(await nameOf(payer.revokeFor({ signed }))).to.equal("VouchNotLiveError");
      const { signature: _, ...revocation } = signed;
      await one.renewSync({ ...pair, addedStake: 0, periods: 1 });
      expect((await payer.revokeForSync({ signed })).edge.state).to.equal("revoked");
      expect(revocation.since).to.be.below((await one.getVouch(pair)).since);

      await world.reset();
      await one.vouchSync(offer);
      await world.wait(start(releasePeriod + 1) - (await world.now()));
      expect(await rejection(one.signRevoke(pair))).to.deep.include({
        name: "VouchReleasedError",
        args: { ...pair, releasePeriod },
      });
      expect(await payer.verifyRevoke({ signed: await forced() })).to.equal(false);
    });

    it("should sign for what was burned to the last point until it ends: points anew have a date of their own", async () => {
      await one.vouchSync({ ...offer, arbiterId: 3 });
      await three.burnSync({ ...pair, amount: 3 });
      const { endPeriod } = await one.getVouch(pair);
      const { origin, period } = await one.getParameters();
      const signed = await one.signRevoke({ ...pair, deadline: (await world.now()) + 90_000 });
      expect(await payer.verifyRevoke({ signed })).to.equal(true);
      expect((await payer.revokeFor.simulate({ signed })).request.functionName).to.equal("revokeFor");
      await world.wait(origin + (endPeriod + 1) * period - (await world.now()));
      expect(await nameOf(one.signRevoke(pair))).to.equal("VouchNotLiveError");
      expect(await payer.verifyRevoke({ signed })).to.equal(false);
      await one.renewSync({ ...pair, addedStake: 1, periods: 1 });
      expect(await nameOf(payer.revokeFor({ signed }))).to.equal("InvalidSignatureError");
    });
  });
});

import { expect } from "chai";
import { zeroAddress, zeroHash } from "viem";
import { onEachNode } from "../../test/utils/nodes.ts";
import { rejection } from "../../test/utils/rejection.ts";
import { openWorld, type World } from "../../test/utils/world.ts";
import { type SignedVouch, type SignedWarn, shortAddresses, shortParameters } from "../index.ts";
import { revokeTypes, vouchDomain } from "./typedData.ts";

/** What tells the two: a vouch is given to a key of the subject. */
const isVouch = (signed: SignedVouch | SignedWarn): signed is SignedVouch => "subjectOwner" in signed;

onEachNode("signatures", (start) => {
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

  describe("signRegister and registerFor", () => {
    it("should register who consented, paid by another", async () => {
      const [, , agent, payer] = world.members;
      const signed = posted(await agent.signRegister({ agentURI: "ipfs://a" }));
      expect(signed).to.deep.include({
        chainId: 31_337,
        registry: shortAddresses.identityRegistry,
        owner: agent.account.address,
        signatureNonce: 0,
        deadline: (await world.now()) + 3_600,
      });
      const { id, owner, agentURI } = await payer.registerForSync({ signed });
      expect({ id, owner, agentURI }).to.deep.equal({ id: 3, owner: agent.account.address, agentURI: "ipfs://a" });
    });

    it("should be good to the last second of the deadline, and not after it", async () => {
      const [, , agent, payer] = world.members;
      const deadline = (await world.now()) + 100;
      const signed = await agent.signRegister({ deadline });
      await world.wait(200);
      expect(await rejection(payer.registerFor({ signed }))).to.deep.include({
        name: "SignatureExpiredError",
        args: { deadline },
      });
    });

    it("should be void after its signer took it back", async () => {
      const [, , agent, payer] = world.members;
      const signed = await agent.signRegister({});
      const { owner, nonces } = await agent.invalidateNoncesSync({
        registry: "identityRegistry",
        nonces: [signed.signatureNonce],
      });
      expect({ owner, nonces }).to.deep.equal({ owner: agent.account.address, nonces: [0n] });
      expect(await rejection(payer.registerFor({ signed }))).to.deep.include({
        name: "NonceUsedError",
        args: { owner, nonce: 0n },
      });
      await payer.registerForSync({ signed: await agent.signRegister({}) });
    });

    it("should be refused where what it says was changed", async () => {
      const [, , agent, payer] = world.members;
      const signed = await agent.signRegister({ agentURI: "ipfs://a" });
      expect(await rejection(payer.registerFor({ signed: { ...signed, agentURI: "ipfs://b" } }))).to.deep.include({
        name: "InvalidSignatureError",
        args: { signer: agent.account.address },
      });
    });
  });

  describe("signPulse and pulseFor", () => {
    const checkpoint = `0x${"ab".repeat(32)}` as const;

    it("should credit the owner's identity, paid by another, for want of ether", async () => {
      const [owner, , , payer] = world.members;
      const { address } = owner.account;
      await owner.setBalance({ address, value: 0n });
      const before = await owner.getIdentity({ id: one });
      await world.wait(shortParameters.maxSilence);
      const signed = posted(await owner.signPulse({ id: one }));
      expect(signed).to.deep.include({
        chainId: 31_337,
        registry: shortAddresses.identityRegistry,
        id: one,
        owner: address,
        checkpoint: zeroHash,
        lastSeen: before.lastSeen,
        deadline: (await world.now()) + 3_600,
      });
      expect((await payer.pulseFor.simulate({ signed })).result).to.equal(before.tenure + shortParameters.maxSilence);
      const { id, checkpoint: none, receipt } = await payer.pulseForSync({ signed });
      expect({ id, checkpoint: none, from: receipt.from }).to.deep.equal({
        ...{ id: one, checkpoint: zeroHash, from: payer.account.address.toLowerCase() },
      });
      const { tenure, lastSeen } = await owner.getIdentity({ id: one });
      expect(tenure).to.equal(before.tenure + shortParameters.maxSilence);
      expect(lastSeen).to.equal(await world.now());
      expect(await owner.getBalance({ address })).to.equal(0n);
    });

    it("should write the checkpoint that was signed, once", async () => {
      const [owner, , , payer] = world.members;
      const signed = posted(await owner.signPulse({ id: one, checkpoint }));
      const { logs } = await payer.waitForTransactionReceipt({ hash: await payer.pulseFor({ signed }) });
      expect(payer.pulseFor.extractEvent(logs, { address: signed.registry })).to.deep.equal({ id: one, checkpoint });
      // The first, where the node's next block may be of the same second.
      expect((await rejection(payer.pulseFor({ signed }))).name).to.be.oneOf([
        "AlreadySeenError",
        "InvalidSignatureError",
      ]);
      await world.wait(1);
      expect(await payer.verifyPulse({ signed })).to.equal(false);
      expect(await rejection(payer.pulseFor({ signed }))).to.deep.include({
        name: "InvalidSignatureError",
        args: { signer: owner.account.address },
      });
    });

    it("should prove the owner to be a key, whoever sends it", async () => {
      const [owner, , , payer] = world.members;
      expect((await owner.getIdentity({ id: one })).ownerKind).to.equal("unproven");
      await payer.pulseForSync({ signed: await owner.signPulse({ id: one }) });
      expect((await owner.getIdentity({ id: one })).ownerKind).to.equal("key");
    });

    it("should credit when it lands, and not when it was signed", async () => {
      const [owner, , , payer] = world.members;
      const before = await owner.getIdentity({ id: one });
      const signed = await owner.signPulse({ id: one });
      await world.wait(600);
      await payer.pulseForSync({ signed });
      const { tenure, lastSeen } = await owner.getIdentity({ id: one });
      expect(lastSeen).to.equal(await world.now());
      expect(tenure - before.tenure).to.equal(lastSeen - before.lastSeen);
    });

    it("should be good to the last second of the deadline, and not after it", async () => {
      const [owner, , , payer] = world.members;
      const deadline = (await world.now()) + 100;
      const signed = await owner.signPulse({ id: one, deadline });
      await payer.setNextBlockTimestamp({ timestamp: BigInt(deadline) });
      await payer.pulseForSync({ signed });
      expect(await world.now()).to.equal(deadline);
      const late = await owner.signPulse({ id: one, deadline });
      await world.wait(1);
      expect(await rejection(payer.pulseFor({ signed: late }))).to.deep.include({
        name: "SignatureExpiredError",
        args: { deadline },
      });
    });

    it("should be void after any other check-in, signed or not", async () => {
      const [owner, , wallet, payer] = world.members;
      await owner.setAgentWalletSync({ signed: await wallet.signAgentWallet({ id: one }) });
      for (const checkIn of [
        async () => payer.pulseForSync({ signed: await owner.signPulse({ id: one, checkpoint }) }),
        () => owner.pulseSync({ id: one }),
        () => wallet.pulseSync({ id: one }),
      ]) {
        const signed = await owner.signPulse({ id: one });
        expect(await payer.verifyPulse({ signed })).to.equal(true);
        await world.wait(1);
        await checkIn();
        await world.wait(1);
        expect(await payer.verifyPulse({ signed })).to.equal(false);
        const error = await rejection(payer.pulseFor({ signed }));
        expect(error.name).to.equal("InvalidSignatureError");
        expect(error.message).to.include("A check-in voids the check-ins that were signed before");
      }
    });

    it("should be refused where what it says was changed", async () => {
      const [owner, other, , payer] = world.members;
      const signed = await owner.signPulse({ id: one, checkpoint });
      for (const [change, signer] of [
        [{ checkpoint: zeroHash }, owner],
        [{ checkpoint: undefined }, owner],
        [{ deadline: signed.deadline + 1 }, owner],
        [{ id: two }, other],
      ] as const) {
        expect(await rejection(payer.pulseFor({ signed: { ...signed, ...change } }))).to.deep.include({
          name: "InvalidSignatureError",
          args: { signer: signer.account.address },
        });
      }
      expect(await rejection(payer.pulseFor({ signed: { ...signed, id: 9 } }))).to.deep.include({
        name: "UnknownIdentityError",
        args: { id: 9 },
      });
    });

    it("should be refused after the key changed, also by whom it was given to", async () => {
      const [owner, , nextKey, payer] = world.members;
      const signed = await owner.signPulse({ id: one });
      await owner.rotateKeySync({ signed: await nextKey.signRotateKey({ id: one }) });
      expect(await payer.verifyPulse({ signed })).to.equal(false);
      expect(await rejection(payer.pulseFor({ signed }))).to.deep.include({
        name: "InvalidSignatureError",
        args: { signer: nextKey.account.address },
      });
      await payer.pulseForSync({ signed: await nextKey.signPulse({ id: one }) });
    });

    it("should wait while the identity is suspended, and count no more when it is retired", async () => {
      const [owner, , , payer] = world.members;
      const signed = await owner.signPulse({ id: one });
      await owner.suspendSync({ id: one });
      expect(await rejection(payer.pulseFor({ signed }))).to.deep.include({
        name: "IdentitySuspendedError",
        args: { id: one },
      });
      await owner.resumeSync({ id: one });
      await payer.pulseForSync({ signed });
      const late = await owner.signPulse({ id: one });
      await owner.retireSync({ id: one });
      expect(await payer.verifyPulse({ signed: late })).to.equal(false);
      expect((await rejection(payer.pulseFor({ signed: late }))).name).to.equal("IdentityRetiredError");
      expect(await rejection(owner.signPulse({ id: one }))).to.deep.include({
        name: "IdentityRetiredError",
        args: { id: one },
      });
    });

    it("should be made by the owner alone: not by a stranger, not by the wallet", async () => {
      const [owner, other, wallet] = world.members;
      await owner.setAgentWalletSync({ signed: await wallet.signAgentWallet({ id: one }) });
      for (const caller of [other, wallet]) {
        expect(await rejection(caller.signPulse({ id: one }))).to.deep.include({
          name: "NotOwnerError",
          args: { id: one, caller: caller.account.address },
        });
      }
      expect(await rejection(owner.signPulse({ id: 9 }))).to.deep.include({
        name: "UnknownIdentityError",
        args: { id: 9 },
      });
    });
  });

  for (const [name, stance] of [
    ["vouch", "for"],
    ["warn", "against"],
  ] as const) {
    describe(`sign${name === "vouch" ? "Vouch" : "Warn"} and ${name}For`, () => {
      const sign = (parameters: { stake: number; voucherId?: number; arbiterId?: number }) => {
        const offer = { voucherId: one, subjectId: two, periods: 2, ...parameters };
        const [voucher] = world.members;
        return name === "vouch" ? voucher.signVouch(offer) : voucher.signWarn(offer);
      };
      const send = (signed: Awaited<ReturnType<typeof sign>>) => {
        const [, , , payer] = world.members;
        return isVouch(signed) ? payer.vouchForSync({ signed }) : payer.warnForSync({ signed });
      };
      const verify = (signed: Awaited<ReturnType<typeof sign>>) => {
        const [, , , payer] = world.members;
        return isVouch(signed) ? payer.verifyVouch({ signed }) : payer.verifyWarn({ signed });
      };

      it("should stake what was signed, once", async () => {
        const signed = posted(await sign({ stake: 7 }));
        const { edge } = await send(signed);
        expect(edge).to.deep.include({ stake: 7, stance, arbiterId: undefined });
        expect((await rejection(send(signed))).name).to.equal("NonceUsedError");
      });

      it("should be refused after the voucher's key changed", async () => {
        const [voucher, , nextKey] = world.members;
        const signed = await sign({ stake: 7 });
        await voucher.rotateKeySync({ signed: await nextKey.signRotateKey({ id: one }) });
        expect(await rejection(send(signed))).to.deep.include({
          name: "InvalidSignatureError",
          args: { signer: nextKey.account.address },
        });
      });

      it("should be void after its signer took it back", async () => {
        const [voucher] = world.members;
        const signed = await sign({ stake: 7 });
        const [first, second] = [signed.signatureNonce, signed.signatureNonce + 5];
        const { owner, nonces } = await voucher.invalidateNoncesSync({
          registry: "vouchRegistry",
          nonces: [second, first],
        });
        expect({ owner, nonces }).to.deep.equal({
          owner: voucher.account.address,
          nonces: [BigInt(first), BigInt(second)],
        });
        expect((await rejection(send(signed))).name).to.equal("NonceUsedError");
        expect((await send(await sign({ stake: 7 }))).edge.stake).to.equal(7);
      });

      it(`should ${name === "vouch" ? "be void" : "still count"} after the subject's key changed`, async () => {
        const [, subject, nextKey] = world.members;
        const signed = await sign({ stake: 7 });
        await subject.rotateKeySync({ signed: await nextKey.signRotateKey({ id: two }) });
        const isGood = await verify(signed);
        expect(isGood).to.equal(name === "warn");
        if (isGood) expect((await send(signed)).edge.stake).to.equal(7);
        else expect((await rejection(send(signed))).name).to.equal("InvalidSignatureError");
      });

      it("should be void once the pair was given something else", async () => {
        const [voucher] = world.members;
        const pair = { voucherId: one, subjectId: two };
        const signed = await sign({ stake: 9 });
        expect(signed.since).to.equal(0);
        await voucher.warnSync({ ...pair, stake: 7, periods: 2 });
        await voucher.revokeSync(pair);
        expect(await verify(signed)).to.equal(false);
        const error = await rejection(send(signed));
        expect(error.name).to.equal("InvalidSignatureError");
        expect(error.message).to.include("added points void what their voucher signed for the pair before");
        const again = await sign({ stake: 9 });
        expect(again.since)
          .to.equal((await voucher.getVouch(pair)).since)
          .and.not.equal(0);
        expect((await send(posted(again))).edge).to.deep.include({ stake: 9, stance });
      });

      it("should be void after a revocation and after added points alone, and not after an extension", async () => {
        const [voucher] = world.members;
        const pair = { voucherId: one, subjectId: two };
        await voucher.warnSync({ ...pair, stake: 7, periods: 1 });
        const early = await sign({ stake: 9 });
        await world.wait(1);
        await voucher.renewSync({ ...pair, periods: 2 });
        expect(await verify(early)).to.equal(true);
        await voucher.renewSync({ ...pair, addedStake: 1, periods: 2 });
        expect(await verify(early)).to.equal(false);
        expect((await rejection(send(early))).name).to.equal("InvalidSignatureError");
        const late = await sign({ stake: 9 });
        await world.wait(1);
        await voucher.revokeSync(pair);
        expect(await verify(late)).to.equal(false);
        expect((await rejection(send(late))).name).to.equal("InvalidSignatureError");
      });

      it("should name an arbiter that retired where points are locked under it, as the registry takes it then", async () => {
        const [voucher, , arbiter] = world.members;
        const { id: arbiterId } = await arbiter.registerSync({});
        await arbiter.setArbitrationSync({ id: arbiterId, isOpen: true });
        const pair = { voucherId: one, subjectId: two, stake: 7, periods: 2, arbiterId };
        await (name === "vouch" ? voucher.warnSync(pair) : voucher.vouchSync(pair));
        await arbiter.retireSync({ id: arbiterId });
        const signed = posted(await sign({ stake: 9, arbiterId }));
        expect(signed).to.include({ arbiterId }).and.not.have.property("arbiterOwner");
        expect(await verify(signed)).to.equal(true);
        expect(await verify({ ...signed, arbiterOwner: arbiter.account.address })).to.equal(false);
        expect((await send(signed)).edge).to.deep.include({ stake: 9, arbiterId, stance });
      });

      it("should leave it to the registry to refuse an arbiter that retired where nothing is locked", async () => {
        const [, , arbiter] = world.members;
        const { id: arbiterId } = await arbiter.registerSync({});
        await arbiter.setArbitrationSync({ id: arbiterId, isOpen: true });
        await arbiter.retireSync({ id: arbiterId });
        expect(await rejection(send(await sign({ stake: 7, arbiterId })))).to.deep.include({
          name: "NotActiveError",
          args: { id: arbiterId, status: "retired" },
        });
      });

      it("should take the zero address for no arbiter, which is what was signed", async () => {
        const signed = await sign({ stake: 7 });
        expect(await verify({ ...signed, arbiterOwner: zeroAddress })).to.equal(true);
      });

      it("should say of a retired identity that it is retired, and not that there is none", async () => {
        const [voucher, subject] = world.members;
        await subject.retireSync({ id: two });
        expect(await rejection(sign({ stake: 7 }))).to.deep.include({
          name: "IdentityRetiredError",
          args: { id: two },
        });
        await voucher.retireSync({ id: one });
        expect(await rejection(sign({ stake: 7 }))).to.deep.include({
          name: "IdentityRetiredError",
          args: { id: one },
        });
      });

      it("should name the arbiter's key, and be void when it changes", async () => {
        const [, , arbiter, , nextKey] = world.members;
        const { id: arbiterId } = await arbiter.registerSync({});
        await arbiter.setArbitrationSync({ id: arbiterId, isOpen: true });
        const signed = await sign({ stake: 7, arbiterId });
        expect(signed).to.deep.include({ arbiterId, arbiterOwner: arbiter.account.address });
        expect(await verify(signed)).to.equal(true);
        await arbiter.rotateKeySync({ signed: await nextKey.signRotateKey({ id: arbiterId }) });
        expect(await verify(signed)).to.equal(false);
        expect((await rejection(send(signed))).name).to.equal("InvalidSignatureError");
        expect((await send(posted(await sign({ stake: 7, arbiterId })))).edge).to.deep.include({ stake: 7, arbiterId });
        expect(await rejection(sign({ stake: 7, arbiterId: 99 }))).to.deep.include({
          name: "UnknownIdentityError",
          args: { id: 99 },
        });
      });

      it("should not be made for an identity of somebody else", async () => {
        const [voucher] = world.members;
        const offer = { voucherId: two, subjectId: one, stake: 1, periods: 1 };
        expect(await rejection(voucher.signVouch(offer))).to.deep.include({
          name: "NotOwnerError",
          args: { id: two, caller: voucher.account.address },
        });
      });
    });
  }

  describe("signRevoke and revokeFor", () => {
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

  describe("signRotateKey and signAgentWallet", () => {
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
});

import { expect } from "chai";
import { zeroAddress } from "viem";
import { onEachNode } from "../../../test/utils/nodes.ts";
import { rejection } from "../../../test/utils/rejection.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";
import type { SignedVouch, SignedWarn } from "../../index.ts";

/** What tells the two: a vouch is given to a key of the subject. */
const isVouch = (signed: SignedVouch | SignedWarn): signed is SignedVouch => "subjectOwner" in signed;

onEachNode("offers that are signed", (start) => {
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
});

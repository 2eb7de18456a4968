import { type SignedVouch, type SignedWarn, shortAddresses } from "@tenure/sdk";
import { expect } from "chai";
import { onEachNode } from "./utils/nodes.ts";
import { rejection } from "./utils/rejection.ts";
import { openWorld, type World } from "./utils/world.ts";

/** What tells the two: a vouch is given to a key of the subject. */
const isVouch = (signed: SignedVouch | SignedWarn): signed is SignedVouch => "subjectOwner" in signed;

onEachNode("signatures", (start) => {
  const [one, two] = [1, 2];
  let world: World;
  before(async () => {
    world = await openWorld(0, start);
    for (const agent of world.members.slice(0, 2)) await agent.registerSync({});
    await world.earn(...world.members.slice(0, 2));
    // The payer has sent transactions before: his nonce is not the one that is signed.
    const [, , , payer] = world.members;
    for (let sent = 0; sent < 2; sent++) await payer.sendTransaction({ to: payer.account.address });
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
      const { id, owner, agentURI } = await payer.registerForSync(signed);
      expect({ id, owner, agentURI }).to.deep.equal({ id: 3, owner: agent.account.address, agentURI: "ipfs://a" });
    });

    it("should be good to the last second of the deadline, and not after it", async () => {
      const [, , agent, payer] = world.members;
      const deadline = (await world.now()) + 100;
      const signed = await agent.signRegister({ deadline });
      await world.wait(200);
      expect(await rejection(payer.registerFor(signed))).to.deep.include({
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
      expect(await rejection(payer.registerFor(signed))).to.deep.include({
        name: "NonceUsedError",
        args: { owner, nonce: 0n },
      });
      await payer.registerForSync(await agent.signRegister({}));
    });

    it("should be refused where what it says was changed", async () => {
      const [, , agent, payer] = world.members;
      const signed = await agent.signRegister({ agentURI: "ipfs://a" });
      expect(await rejection(payer.registerFor({ ...signed, agentURI: "ipfs://b" }))).to.deep.include({
        name: "InvalidSignatureError",
        args: { signer: agent.account.address },
      });
    });
  });

  for (const [name, stance] of [
    ["vouch", "for"],
    ["warn", "against"],
  ] as const) {
    describe(`sign${name === "vouch" ? "Vouch" : "Warn"} and ${name}For`, () => {
      const sign = (parameters: { stake: number; voucherId?: number }) => {
        const offer = { voucherId: one, subjectId: two, periods: 2, ...parameters };
        const [voucher] = world.members;
        return name === "vouch" ? voucher.signVouch(offer) : voucher.signWarn(offer);
      };
      const send = (signed: Awaited<ReturnType<typeof sign>>) => {
        const [, , , payer] = world.members;
        return isVouch(signed) ? payer.vouchForSync(signed) : payer.warnForSync(signed);
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
        await voucher.rotateKeySync(await nextKey.signRotateKey({ id: one }));
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
        const [, subject, nextKey, payer] = world.members;
        const signed = await sign({ stake: 7 });
        await subject.rotateKeySync(await nextKey.signRotateKey({ id: two }));
        const isGood = isVouch(signed) ? await payer.verifyVouch(signed) : await payer.verifyWarn(signed);
        expect(isGood).to.equal(name === "warn");
        if (isGood) expect((await send(signed)).edge.stake).to.equal(7);
        else expect((await rejection(send(signed))).name).to.equal("InvalidSignatureError");
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
      const { edge } = await payer.revokeForSync(signed);
      expect(edge.state).to.equal("revoked");
    });
  });

  describe("given a signer by his address alone, in small letters", () => {
    it("should sign all the same, through the node", async () => {
      const [voucher, , , payer] = world.members;
      const account = voucher.account.address.toLowerCase() as `0x${string}`;
      const signed = await voucher.signVouch({ account, voucherId: one, subjectId: two, stake: 2, periods: 1 });
      expect((await payer.vouchForSync(signed)).edge.stake).to.equal(2);
      const [, , next] = world.members;
      const consent = await next.signRegister({ account: next.account.address.toLowerCase() as `0x${string}` });
      expect(consent.owner).to.equal(next.account.address);
      expect((await payer.registerForSync(consent)).owner).to.equal(next.account.address);
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
    });
  });
});

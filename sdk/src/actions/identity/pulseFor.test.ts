import { expect } from "chai";
import { zeroHash } from "viem";
import { onEachNode } from "../../../test/utils/nodes.ts";
import { rejection } from "../../../test/utils/rejection.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";
import { shortAddresses, shortParameters } from "../../index.ts";

onEachNode("signPulse and pulseFor", (start) => {
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

  const checkpoint = `0x${"ab".repeat(32)}` as const;

  it("should credit the owner's identity, paid by another, for want of ether", async () => {
    const [owner, , , payer] = world.members;
    const { address } = owner.account;
    await owner.setBalance({ address, value: 0n });
    const before = await owner.getIdentity({ id: one });
    await world.wait(shortParameters.maxSilence);
    const signed = posted(await owner.signPulse({ id: one }));
    expect(signed.deadline - (await world.now())).to.be.within(3_600, 3_610);
    expect(signed).to.deep.include({
      chainId: 31_337,
      registry: shortAddresses.identityRegistry,
      id: one,
      owner: address,
      checkpoint: zeroHash,
      lastSeen: before.lastSeen,
      deadline: signed.deadline,
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

import { expect } from "chai";
import { onEachNode } from "../../../test/utils/nodes.ts";
import { rejection } from "../../../test/utils/rejection.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";
import { shortAddresses } from "../../index.ts";

onEachNode("signRegister and registerFor", (start) => {
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

  it("should register who consented, paid by another", async () => {
    const [, , agent, payer] = world.members;
    const signed = posted(await agent.signRegister({ agentURI: "ipfs://a" }));
    expect(signed.deadline - (await world.now())).to.be.within(3_600, 3_610);
    expect(signed).to.deep.include({
      chainId: 31_337,
      registry: shortAddresses.identityRegistry,
      owner: agent.account.address,
      signatureNonce: 0,
      deadline: signed.deadline,
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

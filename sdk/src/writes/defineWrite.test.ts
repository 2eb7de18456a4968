import { expect } from "chai";
import { onEachNode } from "../../test/utils/nodes.ts";
import { rejection } from "../../test/utils/rejection.ts";
import { openWorld, type World } from "../../test/utils/world.ts";
import { shortAddresses } from "../index.ts";

onEachNode("the forms of a write", (start) => {
  let world: World;
  before(async () => {
    world = await openWorld(0, start);
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  it("should simulate without sending: the result, and a request that can be sent", async () => {
    const [agent] = world.members;
    const { result, request } = await agent.register.simulate({ agentURI: "ipfs://a" });
    expect(result).to.equal(1n);
    expect(await agent.getIdentity({ id: 1 })).to.deep.include({ status: "unknown" });
    const hash = await agent.writeContract(request);
    const { logs } = await agent.waitForTransactionReceipt({ hash });
    const event = agent.register.extractEvent(logs, { address: shortAddresses.identityRegistry });
    expect(event).to.deep.include({ id: 1, agentURI: "ipfs://a" });
  });

  it("should say why a simulation and an estimate are refused", async () => {
    const [agent] = world.members;
    await agent.registerSync({});
    expect((await rejection(agent.register.simulate({}))).name).to.equal("AlreadyRegisteredError");
    expect((await rejection(agent.register.estimateGas({}))).name).to.equal("AlreadyRegisteredError");
  });

  it("should estimate gas that suffices, and obey a limit that does not", async () => {
    const [agent] = world.members;
    const gas = await agent.register.estimateGas({ agentURI: "ipfs://a" });
    const { receipt } = await agent.registerSync({ agentURI: "ipfs://a", gas });
    expect(receipt.gasUsed <= gas).to.equal(true);
    const nonce = await agent.getTransactionCount({ address: agent.account.address });
    const error = await rejection(agent.pulse({ id: 1, gas: 25_000n }));
    expect(error.name).to.equal("ContractFunctionExecutionError");
    expect(await agent.getTransactionCount({ address: agent.account.address })).to.equal(nonce);
  });

  it("should make a call that any sender can send", async () => {
    const [agent] = world.members;
    const { to, data, address, functionName, args } = agent.register.call({ agentURI: "ipfs://a" });
    expect({ to, address, functionName, args }).to.deep.equal({
      to: shortAddresses.identityRegistry,
      address: shortAddresses.identityRegistry,
      functionName: "register",
      args: ["ipfs://a"],
    });
    const hash = await agent.sendTransaction({ to, data });
    await agent.waitForTransactionReceipt({ hash });
    expect((await agent.getIdentity({ id: 1 })).owner).to.equal(agent.account.address);
  });

  it("should report a transaction that was mined but refused", async () => {
    const [agent] = world.members;
    const { id } = await agent.registerSync({});
    // Two that each would do, in one block: the second is refused after its simulation went well.
    await agent.setAutomine(false);
    const nonce = await agent.getTransactionCount({ address: agent.account.address });
    const first = agent.suspend({ id, nonce, gas: 100_000n });
    await first;
    const second = agent.suspendSync({ id, nonce: nonce + 1, gas: 100_000n });
    const mining = setTimeout(() => agent.mine({ blocks: 1 }), 300);
    const error = await rejection(second);
    clearTimeout(mining);
    await agent.setAutomine(true);
    expect(error.name).to.equal("TransactionRefusedError");
    expect(error)
      .to.have.property("hash")
      .that.matches(/^0x[0-9a-f]{64}$/);
  });

  it("should find the event of the identity that is meant among others", async () => {
    const [first, second] = world.members;
    const { receipt: one } = await first.registerSync({});
    const { receipt: two } = await second.registerSync({});
    const options = { address: shortAddresses.identityRegistry, match: { id: 2 } };
    const event = first.register.extractEvent([...one.logs, ...two.logs], options);
    expect(event.owner).to.equal(second.account.address);
  });
});

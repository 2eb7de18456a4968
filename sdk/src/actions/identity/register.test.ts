import { expect } from "chai";
import { stringToHex } from "viem";
import { onEachNode } from "../../../test/utils/nodes.ts";
import { rejection } from "../../../test/utils/rejection.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";
import { shortAddresses } from "../../index.ts";

onEachNode("register", (start) => {
  let world: World;
  before(async () => {
    world = await openWorld(0, start);
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  it("should return the hash at once, and the transaction should register the account", async () => {
    const [agent] = world.members;
    const hash = await agent.register({ agentURI: "ipfs://agent" });
    expect(hash).to.match(/^0x[0-9a-f]{64}$/);
    const { logs } = await agent.waitForTransactionReceipt({ hash });
    const event = agent.register.extractEvent(logs, { address: shortAddresses.identityRegistry });
    expect(event).to.deep.equal({ id: 1, agentURI: "ipfs://agent", owner: agent.account.address });
  });

  it("should return the identity and the receipt when it waits", async () => {
    const [, agent] = world.members;
    const { id, owner, agentURI, receipt } = await agent.registerSync({});
    expect({ id, owner, agentURI }).to.deep.equal({ id: 1, owner: agent.account.address, agentURI: "" });
    expect(receipt.status).to.equal("success");
  });

  it("should write metadata at once", async () => {
    const [agent] = world.members;
    const { receipt } = await agent.registerSync({ metadata: [{ key: "model", value: stringToHex("m-1") }] });
    const event = agent.setMetadata.extractEvent(receipt.logs, {
      address: shortAddresses.identityRegistry,
      match: { key: "model" },
    });
    expect(event).to.deep.equal({ id: 1, key: "model", value: stringToHex("m-1") });
  });

  it("should refuse a key that is registered, before it sends anything", async () => {
    const [agent] = world.members;
    await agent.registerSync({});
    const nonce = await agent.getTransactionCount({ address: agent.account.address });
    const error = await rejection(agent.register({}));
    expect(error).to.deep.include({ name: "AlreadyRegisteredError" });
    expect(error).to.have.property("args").that.deep.equals({ key: agent.account.address, id: 1 });
    expect(await agent.getTransactionCount({ address: agent.account.address })).to.equal(nonce);
  });

  it("should refuse the metadata key that is reserved", async () => {
    const [agent] = world.members;
    const error = await rejection(agent.register({ metadata: [{ key: "agentWallet", value: "0x" }] }));
    expect(error).to.deep.include({ name: "ReservedMetadataKeyError", args: { key: "agentWallet" } });
  });
});

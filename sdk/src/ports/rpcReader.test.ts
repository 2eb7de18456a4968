import { expect } from "chai";
import { all } from "../../test/utils/all.ts";
import { openWorld, type World } from "../../test/utils/world.ts";
import { checkRequirementWith, type Reader, rpcReader } from "../index.ts";

describe("rpcReader", () => {
  let world: World;
  before(async () => {
    world = await openWorld();
    const [, one, two] = world.members;
    for (const agent of [one, two]) await agent.registerSync({});
    await world.earn(one, two);
    await one.vouchSync({ voucherId: 1, subjectId: 2, stake: 3, periods: 1 });
    await world.mark();
  });
  beforeEach(() => world.reset());
  after(() => world.close());

  it("should answer what the actions answer", async () => {
    const [client, , two] = world.members;
    const reader: Reader = rpcReader(client);
    const { address } = two.account;
    const pair = { voucherId: 1, subjectId: 2 };
    expect(await reader.identity({ id: 2 })).to.deep.equal(await client.getIdentity({ id: 2 }));
    expect(await reader.key({ address })).to.deep.equal(await client.resolveKey({ address }));
    expect(await reader.profile({ id: 2 })).to.deep.equal(await client.getProfile({ id: 2 }));
    expect(await reader.profile({ address })).to.deep.equal(await client.getProfile({ address }));
    const vouch = await client.getVouch(pair);
    expect(await reader.vouch(pair)).to.deep.equal(vouch);
    expect(await all(reader.vouchers({ id: 2 }))).to.deep.equal([vouch]);
    expect(await all(reader.vouchesBy({ id: 1 }))).to.deep.equal([vouch]);
  });

  it("should answer of a block, which it names", async () => {
    const [client, one] = world.members;
    const reader = rpcReader(client);
    const { number: blockNumber, hash, timestamp } = await reader.head();
    const block = await client.getBlock();
    expect({ blockNumber, hash, timestamp }).to.deep.equal({
      blockNumber: block.number,
      hash: block.hash,
      timestamp: Number(block.timestamp),
    });
    await one.revokeSync({ voucherId: 1, subjectId: 2 });
    const pair = { voucherId: 1, subjectId: 2 };
    expect((await reader.vouch(pair)).state).to.equal("revoked");
    expect((await reader.vouch({ ...pair, blockNumber })).state).to.equal("active");
    expect((await reader.profile({ id: 2, blockNumber })).support).to.equal(3);
    expect((await reader.head()).number > blockNumber).to.equal(true);
  });

  it("should let a requirement be judged of a block, as checkRequirement judges it", async () => {
    const [client, one, two] = world.members;
    const reader = rpcReader(client);
    const block = await reader.head();
    await one.revokeSync({ voucherId: 1, subjectId: 2 });
    const requirement = { anchors: [1], minAnchors: 1, minSupport: 3, minKeyAge: 1 };
    for (const target of [{ id: 2 }, { id: 1 }, { id: 99 }, { address: two.account.address }]) {
      for (const at of [block, undefined]) {
        expect(await checkRequirementWith(reader, { ...target, requirement, block: at })).to.deep.equal(
          await client.checkRequirement({ ...target, requirement, blockNumber: at?.number }),
        );
      }
    }
    expect((await checkRequirementWith(reader, { id: 2, requirement, block })).isMet).to.equal(true);
    expect((await checkRequirementWith(reader, { id: 2, requirement })).unmet).to.deep.equal([
      { reason: "support", actual: 0, demanded: 3 },
      { reason: "anchors", actual: 0, demanded: 1 },
    ]);
  });

  it("should say of a block that is not there that it cannot be read, and not what is now", async () => {
    const [client, one] = world.members;
    const reader = rpcReader(client);
    const snapshot = await client.snapshot();
    await one.revokeSync({ voucherId: 1, subjectId: 2 });
    const { number: blockNumber, hash } = await reader.head();
    await client.revert({ id: snapshot });
    const facts = [
      () => reader.identity({ id: 2, blockNumber }),
      () => reader.key({ address: one.account.address, blockNumber }),
      () => reader.profile({ id: 2, blockNumber }),
      () => reader.vouch({ voucherId: 1, subjectId: 2, blockNumber }),
      () => all(reader.vouchers({ id: 2, blockNumber })),
      () => all(reader.vouchesBy({ id: 1, blockNumber })),
    ];
    for (const [index, read] of facts.entries()) {
      const error: unknown = await read().then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error, String(index)).to.be.instanceOf(Error);
      expect(error, String(index)).to.not.have.property("name", "TypeError");
    }
    // Another block takes the number; its hash tells that it is another.
    await client.mine({ blocks: 1 });
    const now = await reader.head();
    expect(now.number).to.equal(blockNumber);
    expect(now.hash).to.not.equal(hash);
    expect((await reader.vouch({ voucherId: 1, subjectId: 2, blockNumber })).state).to.equal("active");
  });

  it("should read the registries that it is given", async () => {
    const [client] = world.members;
    const address = "0x00000000000000000000000000000000000000aa";
    const reader = rpcReader(client, { addresses: { identityRegistry: address, vouchRegistry: address } });
    const error: unknown = await reader.identity({ id: 1 }).catch((reason: unknown) => reason);
    expect(error).to.have.property("name", "RegistryNotDeployedError");
  });
});

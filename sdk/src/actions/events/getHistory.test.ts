import { expect } from "chai";
import { keccak256, toHex } from "viem";
import { openWorld, type World } from "../../../test/utils/world.ts";
import { decodeEvent, getHistory, identityRegistryAbi, shortAddresses, type TenureEvent } from "../../index.ts";

describe("getHistory", () => {
  let world: World;
  before(async () => {
    world = await openWorld();
    const [one, two, three, wallet, nextKey, guardian] = world.members;
    // The identity is not registered in the chain's first blocks.
    await one.mine({ blocks: 40 });
    for (const agent of [one, two, three]) await agent.registerSync({ agentURI: "ipfs://a" });
    await world.earn(two, three);
    await three.setArbitrationSync({ id: 3, isOpen: true });
    await one.setArbitrationSync({ id: 1, isOpen: true });
    await one.pulseSync({ id: 1, checkpoint: keccak256("0x01") });
    await one.setAgentURISync({ id: 1, agentURI: "ipfs://b" });
    await one.setMetadataSync({ id: 1, key: "model", value: "0x1234" });
    await one.setAgentWalletSync({ signed: await wallet.signAgentWallet({ id: 1 }) });
    await one.setGuardianSync({ id: 1, guardian: guardian.account.address });
    const registry = { address: shortAddresses.identityRegistry, abi: identityRegistryAbi } as const;
    const approve = { ...registry, functionName: "approve", args: [guardian.account.address, 1n] } as const;
    await one.waitForTransactionReceipt({ hash: await one.writeContract(approve) });
    await one.vouchSync({ voucherId: 1, subjectId: 2, stake: 5, periods: 2, arbiterId: 3, evidence: "ipfs://e" });
    await one.renewSync({ voucherId: 1, subjectId: 2, addedStake: 1, periods: 3 });
    await three.burnSync({ voucherId: 1, subjectId: 2, amount: 2, evidence: "ipfs://f" });
    await two.disownSync({ voucherId: 1, subjectId: 2 });
    await three.warnSync({ voucherId: 3, subjectId: 1, stake: 1, periods: 1, topic: keccak256(toHex("x")) });
    await three.revokeSync({ voucherId: 3, subjectId: 1 });
    await two.vouchSync({ voucherId: 2, subjectId: 3, stake: 1, periods: 1 });
    await one.rotateKeySync({ signed: await nextKey.signRotateKey({ id: 1 }) });
    await guardian.suspendSync({ id: 1 });
    await guardian.resumeSync({ id: 1 });
    await guardian.proposeRecoverySync({ id: 1, candidate: wallet.account.address });
    await guardian.cancelPendingSync({ id: 1 });
    await nextKey.retireSync({ id: 1 });
    await world.wait(600);
    await nextKey.retireSync({ id: 1 });
    await one.mine({ blocks: 5 });
  });
  after(() => world.close());

  const names = (events: readonly TenureEvent[]) => events.map(({ eventName }) => eventName);

  it("should hold everything that happened to an identity, in order, and nothing else", async () => {
    const history = await getHistory(world.members[0], { id: 1 });
    expect(names(history).filter((name) => name !== "MetadataSet")).to.deep.equal([
      "Registered",
      "ArbitrationSet",
      "Pulse",
      "URIUpdated",
      "GuardianSet",
      "Approval",
      "Vouched",
      "Renewed",
      "Burned",
      "Disowned",
      "Warned",
      "Revoked",
      "KeyRotated",
      "OwnerProven",
      "Suspended",
      "Resumed",
      "ChangeProposed",
      "ChangeCancelled",
      "ChangeProposed",
      "Retired",
    ]);
    expect(history.find(({ eventName }) => eventName === "Burned")).to.deep.include({
      voucherId: 1,
      subjectId: 2,
      amount: 2,
      evidence: "ipfs://f",
    });
    expect(history.find(({ eventName }) => eventName === "GuardianSet")).to.deep.include({
      oldGuardian: undefined,
      newGuardian: world.members[5].account.address,
    });
    expect(history.find(({ eventName }) => eventName === "OwnerProven")).to.deep.include({
      id: 1,
      owner: world.members[4].account.address,
    });
    const last = history.filter(({ eventName }) => eventName === "ChangeProposed").at(-1);
    expect(last).to.deep.include({ kind: "retirement", candidate: undefined });
  });

  it("should date each event by its block, and name the registry that wrote it", async () => {
    const [reader] = world.members;
    for (const event of await reader.getHistory({ id: 1 })) {
      const { timestamp, hash } = await reader.getBlock({ blockNumber: event.blockNumber });
      expect(event.timestamp).to.equal(Number(timestamp));
      expect(event.blockHash).to.equal(hash);
      const { logs } = await reader.getTransactionReceipt({ hash: event.transactionHash });
      const log = logs.find(({ logIndex }) => logIndex === event.logIndex);
      expect(event.registry.toLowerCase()).to.equal(log?.address);
      expect(event).to.deep.include(log && decodeEvent(log));
    }
  });

  it("should be the same whatever the pieces", async () => {
    const [reader] = world.members;
    const whole = await reader.getHistory({ id: 1, fromBlock: 0n });
    expect(await reader.getHistory({ id: 1 })).to.deep.equal(whole);
    for (const chunkSize of [1, 2, 7, Number.POSITIVE_INFINITY]) {
      expect(await reader.getHistory({ id: 1, fromBlock: 0n, chunkSize })).to.deep.equal(whole);
    }
    const [, , third] = whole;
    const rest = await reader.getHistory({ id: 1, fromBlock: third?.blockNumber ?? 0n });
    expect(rest).to.deep.equal(whole.filter(({ blockNumber }) => blockNumber >= (third?.blockNumber ?? 0n)));
    const start = await reader.getHistory({ id: 1, toBlock: (third?.blockNumber ?? 0n) - 1n });
    expect([...start, ...rest]).to.deep.equal(whole);
  });

  it("should be empty for an identity that is unknown", async () => {
    expect(await world.members[0].getHistory({ id: 99 })).to.deep.equal([]);
  });

  it("should see the other side of a vouch, and not what is between others", async () => {
    const history = await world.members[0].getHistory({ id: 3 });
    // It is the arbiter of the vouch of 1 for 2: that is no event of its own.
    expect(names(history).slice(4)).to.deep.equal(["Warned", "Revoked", "Vouched"]);
  });
});

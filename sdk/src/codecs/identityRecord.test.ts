import { expect } from "chai";
import fc from "fast-check";
import { getAddress, numberToHex } from "viem";
import { openWorld, type World } from "../../test/utils/world.ts";
import { decodeIdentityRecord, identityRegistryAbi, shortAddresses, shortParameters } from "../index.ts";

const uint = (bits: number) => fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n });

describe("decodeIdentityRecord", () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  it("should find every field of any word in its place", () => {
    const fields = fc.record({
      owner: uint(160),
      start: uint(40),
      last: uint(40),
      epoch: uint(8),
      status: uint(2),
      isKeyOwned: fc.boolean(),
      isArbiter: fc.boolean(),
      spare: uint(4),
    });
    fc.assert(
      fc.property(fields, ({ owner, start, last, epoch, status, isKeyOwned, isArbiter, spare }) => {
        const flags = (isKeyOwned ? 1n : 0n) | (isArbiter ? 2n : 0n) | (spare << 2n);
        const word = owner | (start << 160n) | (last << 200n) | (epoch << 240n) | (status << 248n) | (flags << 250n);
        expect(decodeIdentityRecord(word)).to.deep.equal({
          owner: owner === 0n ? undefined : getAddress(numberToHex(owner, { size: 20 })),
          tenureStart: Number(start),
          lastSeen: Number(last),
          keyEpoch: Number(epoch),
          status: ["unknown", "active", "suspended", "retired"][Number(status)],
          tenure: Number(last) - Number(start),
          isKeyOwned,
          isArbiter,
        });
      }),
    );
  });

  it("should read what the registry stores", async () => {
    const [agent] = world.members;
    const { id } = await agent.registerSync({});
    await world.wait(5_000);
    await agent.proveKeySync({ id });
    await agent.setArbitrationSync({ id, isOpen: true });
    await agent.suspendSync({ id });
    const word = await agent.readContract({
      abi: identityRegistryAbi,
      address: shortAddresses.identityRegistry,
      functionName: "getRecord",
      args: [BigInt(id)],
    });
    const { owner, firstSeen, lastSeen, tenure, keyEpoch, status } = await agent.getIdentity({ id });
    const tenureStart = lastSeen - tenure;
    const flags = { isKeyOwned: true, isArbiter: true };
    const facts = { owner, tenureStart, lastSeen, keyEpoch, status, tenure };
    expect(decodeIdentityRecord(word)).to.deep.equal({ ...facts, ...flags });
    expect(tenure).to.equal(shortParameters.maxSilence);
    expect(tenureStart).to.be.greaterThan(firstSeen);
    expect(status).to.equal("suspended");
  });
});

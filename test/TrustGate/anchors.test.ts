import { expect } from "chai";
import { type ReadersWorld, readersWorld } from "../utils/vouchReaders.ts";
import {
  type Agent,
  burn,
  disown,
  EARNABLE,
  EVIDENCE,
  expectSums,
  loadFixture,
  refused,
  renew,
  resume,
  retire,
  revoke,
  rotate,
  STANDING,
  startOf,
  suspend,
  TOPIC,
  time,
  UNKNOWN,
  vouch,
  warn,
} from "../utils/vouchWorld.ts";
import { demand, Reason } from "./reasons.ts";

describe("TrustGate > anchors", () => {
  let world: ReadersWorld;
  let ada: Agent;
  let ben: Agent;
  let cleo: Agent;
  let dan: Agent;
  beforeEach(async () => {
    world = await loadFixture(readersWorld);
    ({ ada, ben, cleo, dan } = world);
  });

  async function expectAnchors(anchors: (Agent | bigint)[], count: bigint): Promise<void> {
    const ids = anchors.map((anchor) => (typeof anchor === "bigint" ? anchor : anchor.id));
    const unmet = (minAnchors: bigint) =>
      world.gate.unmet(ben.id, demand({ anchors: ids, minAnchors, oppositionLimit: 1_000n }));
    expect(await unmet(count)).to.equal(0n);
    expect(await unmet(count + 1n)).to.equal(Reason.Anchors);
  }

  it("given anchors that vouch, it should count each", async () => {
    await vouch(world, ada, ben);
    await vouch(world, cleo, ben);
    await expectAnchors([ada, cleo, dan], 2n);
  });

  it("given one point at stake, it should count as much as any other", async () => {
    await vouch(world, ada, ben, { stake: 1n });
    await expectAnchors([ada], 1n);
  });

  it("when one is named twice or thrice, it should count once", async () => {
    await vouch(world, ada, ben);
    await vouch(world, cleo, ben);
    await expectAnchors([ada, ada], 1n);
    await expectAnchors([ada, cleo, ada, cleo, ada], 2n);
  });

  it("given vouchers who are no anchors, it should not count them", async () => {
    await vouch(world, ada, ben);
    await expectAnchors([cleo], 0n);
  });

  it("given a farm that vouches in a circle and for a subject with all it has, it should count support and no anchor", async () => {
    const farm = [ada, dan, world.eve, world.finn];
    const half = STANDING / 2n;
    // The tenth day is completed while they stake.
    const isEarnable = (points: bigint) => points === EARNABLE || points === EARNABLE + 1n;
    for (const [i, one] of farm.entries()) {
      await vouch(world, one, farm[(i + 1) % farm.length] as Agent, { stake: half });
      await vouch(world, one, ben, { stake: half });
      const more = world.vouches.connect(one.owner).vouch(one.id, cleo.id, 1, 1, 0, TOPIC, EVIDENCE);
      await refused(more, world.vouches, "InsufficientStanding", one.id, 0n, 1n, isEarnable);
    }
    for (const one of farm) await expectSums(world, one, half, 0n);
    // n identities of d witnessed days have n * d points to give, and not one more.
    const bought = BigInt(farm.length) * half;
    expect(await world.gate.unmet(ben.id, demand({ minSupport: bought }))).to.equal(0n);
    expect(await world.gate.unmet(ben.id, demand({ minSupport: bought + 1n }))).to.equal(Reason.Support);
    await expectAnchors([cleo], 0n);
  });

  it("when no anchors are named, a demand for one should never be met", async () => {
    await vouch(world, ada, ben);
    await expectAnchors([], 0n);
  });

  it("when anchors are named but none is demanded, it should not ask", async () => {
    expect(await world.gate.unmet(ben.id, demand({ anchors: [ada.id] }))).to.equal(0n);
  });

  it("when unknown identities or the subject itself are named, it should not count them", async () => {
    await expectAnchors([0n, UNKNOWN, 2n ** 256n - 1n, ben], 0n);
  });

  it("given the subject vouches for the anchor, it should not count the wrong direction", async () => {
    await vouch(world, ben, ada);
    await expectAnchors([ada], 0n);
  });

  it("given an anchor that warns, it should not count", async () => {
    await warn(world, ada, ben);
    await expectAnchors([ada], 0n);
  });

  describe("given a vouch by an anchor that ends with period 1", () => {
    beforeEach(async () => {
      await vouch(world, ada, ben, { arbiter: dan });
    });

    it("should count to its last second and not after", async () => {
      await time.increaseTo(startOf(2n) - 1n);
      await expectAnchors([ada], 1n);
      await time.increaseTo(startOf(2n));
      await expectAnchors([ada], 0n);
    });

    it("when it is revoked, it should not count", async () => {
      await revoke(world, ada, ben);
      await expectAnchors([ada], 0n);
    });

    it("when it is disowned, it should not count", async () => {
      await disown(world, ada, ben);
      await expectAnchors([ada], 0n);
    });

    it("when it is burned in part, it should count, and when it is burned whole, it should not", async () => {
      await burn(world, ada, ben, dan, 9n);
      await expectAnchors([ada], 1n);
      await burn(world, ada, ben, dan, 1n);
      await expectAnchors([ada], 0n);
    });

    it("when the subject's key changes, it should not count until it is renewed", async () => {
      await rotate(world, ben, world.spare[0]);
      await expectAnchors([ada], 0n);
      await renew(world, ada, ben, 0n, 1n);
      await expectAnchors([ada], 1n);
    });

    it("when the anchor is suspended, it should not count until it is resumed", async () => {
      await suspend(world, ada);
      await expectAnchors([ada], 0n);
      await resume(world, ada);
      await expectAnchors([ada], 1n);
    });

    it("when the anchor is retired, it should not count", async () => {
      await retire(world, ada);
      await expectAnchors([ada], 0n);
    });

    it("when the anchor's key changes, it should go on counting: the identity is the anchor", async () => {
      await rotate(world, ada, world.spare[0]);
      await expectAnchors([ada], 1n);
    });
  });
});

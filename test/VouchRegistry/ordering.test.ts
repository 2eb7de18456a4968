import { expect } from "chai";
import { bindingOf, sendOffer, signOffer, signRotation } from "../utils/vouchSignatures.ts";
import { offerOf } from "../utils/vouchTwins.ts";
import {
  type Agent,
  burn,
  DAY,
  EVIDENCE,
  expectPoints,
  expectSums,
  grownWorld,
  inOneBlock,
  loadFixture,
  nextBlockAt,
  refused,
  renew,
  revoke,
  STANDING,
  Status,
  startOf,
  TOPIC,
  time,
  VouchState,
  vouch,
  type World,
} from "../utils/vouchWorld.ts";

const GAS = { gasLimit: 400_000n };

/** Whoever builds a block orders its transactions, and chooses its second within the chain's rules. */
describe("VouchRegistry > what the builder of a block decides", () => {
  let world: World;
  let ada: Agent;
  let ben: Agent;
  let cleo: Agent;
  beforeEach(async () => {
    world = await loadFixture(grownWorld);
    ({ ada, ben, cleo } = world);
  });

  /** Signed now, sent when it is called. */
  async function rotationOf(agent: Agent): Promise<() => ReturnType<World["identities"]["rotateKey"]>> {
    const [next] = world.spare;
    const deadline = BigInt(await time.latest()) + DAY;
    const signature = await signRotation(world.identities, next, agent.id, deadline);
    return () => world.identities.connect(agent.owner).rotateKey(agent.id, next, deadline, signature, GAS);
  }

  const stake = (stance: "vouch" | "warn", from = ada, to = ben) =>
    world.vouches.connect(from.owner)[stance](from.id, to.id, 10, 1, cleo.id, TOPIC, EVIDENCE, GAS);
  const burning = () => world.vouches.connect(cleo.owner).burn(ada.id, ben.id, 10, EVIDENCE, GAS);
  const edge = () => world.vouches.vouchOf(ada.id, ben.id);

  describe("given the subject's rotation and, in the same block,", () => {
    let rotation: Awaited<ReturnType<typeof rotationOf>>;
    beforeEach(async () => {
      rotation = await rotationOf(ben);
    });

    it("a vouch after it, it should be given to the new key, which the voucher has never seen", async () => {
      expect(await inOneBlock(rotation, () => stake("vouch"))).to.deep.equal([1, 1]);
      const { state, subjectKeyEpoch } = await edge();
      expect([state, subjectKeyEpoch]).to.deep.equal([VouchState.Active, 1n]);
      await expectSums(world, ben, 10n, 0n);
      await revoke(world, ada, ben);
      await expectSums(world, ben, 0n, 0n);
    });

    it("a vouch before it, it should have lapsed", async () => {
      expect(await inOneBlock(() => stake("vouch"), rotation)).to.deep.equal([1, 1]);
      const { state, subjectKeyEpoch } = await edge();
      expect([state, subjectKeyEpoch]).to.deep.equal([VouchState.Lapsed, 0n]);
      await expectSums(world, ben, 0n, 0n);
    });

    it("a renewal after it, it should affirm the new key, and before it, it should not", async () => {
      const renewal = () => world.vouches.connect(ada.owner).renew(ada.id, ben.id, 5, 2, GAS);
      await vouch(world, ada, ben);
      expect(await inOneBlock(rotation, renewal)).to.deep.equal([1, 1]);
      await expectSums(world, ben, 15n, 0n);

      world = await loadFixture(grownWorld);
      await vouch(world, ada, ben);
      rotation = await rotationOf(ben);
      expect(await inOneBlock(renewal, rotation)).to.deep.equal([1, 1]);
      await expectSums(world, ben, 0n, 0n);
    });

    it("a signed vouch after it, it should be refused: it names the key that it is given to", async () => {
      const deadline = BigInt(await time.latest()) + DAY;
      const offer = offerOf(ada, ben);
      const binding = await bindingOf(world, offer);
      const signature = await signOffer("Vouch", ada.owner, offer, binding, deadline);
      const registry = world.vouches.connect(world.relayer);
      const send = () => sendOffer(registry, "Vouch", offer, binding, deadline, signature, GAS);
      expect(await inOneBlock(rotation, send)).to.deep.equal([1, 0]);
      await refused(send(), world.vouches, "InvalidSignature", ada.owner.address);
      await expectSums(world, ben, 0n, 0n);
    });

    it("a warning before or after it, it should count", async () => {
      const outcome = await inOneBlock(
        () => stake("warn"),
        rotation,
        () => stake("warn", world.dan),
      );
      expect(outcome).to.deep.equal([1, 1, 1]);
      await expectSums(world, ben, 0n, 20n);
    });
  });

  it("given the voucher's rotation, whatever its old key sends after it in the block should be refused", async () => {
    await vouch(world, ada, ben);
    await vouch(world, ben, ada);
    await vouch(world, ben, cleo, { arbiter: ada });
    const as = world.vouches.connect(ada.owner);
    const sends = [
      () => stake("vouch", ada, world.dan),
      () => stake("warn", ada, world.dan),
      () => as.renew(ada.id, ben.id, 1, 2, GAS),
      () => as.revoke(ada.id, ben.id, GAS),
      () => as.disown(ben.id, ada.id, GAS),
      () => as.burn(ben.id, cleo.id, 1, EVIDENCE, GAS),
    ];
    expect(await inOneBlock(await rotationOf(ada), ...sends)).to.deep.equal([1, 0, 0, 0, 0, 0, 0]);
    for (const send of sends) await refused(send(), world.vouches, "NotOwner", ada.id, ada.owner.address);
    await expectSums(world, ben, 10n, 0n);
    await expectSums(world, cleo, 10n, 0n);
  });

  describe("given a burn under way that everybody has seen", () => {
    const dodges: [string, () => Promise<() => Promise<Awaited<ReturnType<typeof burning>>>>][] = [
      ["the voucher's revocation", async () => () => world.vouches.connect(ada.owner).revoke(ada.id, ben.id, GAS)],
      ["the voucher's rotation", () => rotationOf(ada)],
      ["the voucher's suspension", async () => () => world.identities.connect(ada.owner).suspend(ada.id, GAS)],
      ["the voucher's retirement", async () => () => world.identities.connect(ada.owner).retire(ada.id, GAS)],
      ["the subject's disowning", async () => () => world.vouches.connect(ben.owner).disown(ada.id, ben.id, GAS)],
      ["the subject's rotation", () => rotationOf(ben)],
      ["the subject's retirement", async () => () => world.identities.connect(ben.owner).retire(ben.id, GAS)],
    ];
    for (const [what, dodge] of dodges) {
      it(`${what} before it should save no point`, async () => {
        await vouch(world, ada, ben, { arbiter: cleo });
        expect(await inOneBlock(await dodge(), burning)).to.deep.equal([1, 1]);
        const [, staked, burned, , scars] = await world.vouches.standingOf(ada.id);
        expect([staked, burned, scars]).to.deep.equal([0n, 10n, 1n]);
      });
    }

    it("the arbiter's suspension before it should stop it, and after it come too late", async () => {
      const suspension = () => world.identities.connect(cleo.owner).suspend(cleo.id, GAS);
      await vouch(world, ada, ben, { arbiter: cleo });
      expect(await inOneBlock(suspension, burning)).to.deep.equal([1, 0]);
      await refused(burning(), world.vouches, "NotActive", cleo.id, Status.Suspended);

      world = await loadFixture(grownWorld);
      await vouch(world, ada, ben, { arbiter: cleo });
      expect(await inOneBlock(burning, suspension)).to.deep.equal([1, 1]);
      await expectPoints(world, ada, { standing: STANDING - 10n, burned: 10n, scars: 1n });
    });
  });

  describe("given a warning under way that its subject has seen", () => {
    it("its suspension before it should keep nothing out", async () => {
      const suspension = () => world.identities.connect(ben.owner).suspend(ben.id, GAS);
      expect(await inOneBlock(suspension, () => stake("warn"))).to.deep.equal([1, 1]);
      await expectSums(world, ben, 0n, 10n);
    });

    it("only its end before it should: nobody is left to be warned about", async () => {
      const retirement = () => world.identities.connect(ben.owner).retire(ben.id, GAS);
      expect(await inOneBlock(retirement, () => stake("warn"))).to.deep.equal([1, 0]);
      await refused(stake("warn"), world.vouches, "NotActive", ben.id, Status.Retired);
    });
  });

  describe("given a transaction that was sent in the last second of a period and is mined in the first of the next", () => {
    it("a vouch should end a period later", async () => {
      await nextBlockAt(startOf(1n) - 1n);
      await stake("vouch");
      await nextBlockAt(startOf(1n));
      await stake("vouch", world.dan);
      const ends = [ada, world.dan].map(async ({ id }) => (await world.vouches.vouchOf(id, ben.id)).endPeriod);
      expect(await Promise.all(ends)).to.deep.equal([1n, 2n]);
    });

    it("a revocation should keep the stake locked a period longer", async () => {
      await vouch(world, ada, ben, { periods: 6n });
      await vouch(world, world.dan, ben, { periods: 6n });
      await nextBlockAt(startOf(1n) - 1n);
      await revoke(world, ada, ben);
      await nextBlockAt(startOf(1n));
      await revoke(world, world.dan, ben);
      await time.increaseTo(startOf(2n));
      await expectPoints(world, ada, {});
      await expectPoints(world, world.dan, { staked: 10n });
    });

    it("a burn should be too late where the tail has ended, and a renewal too", async () => {
      await vouch(world, ada, ben, { arbiter: cleo });
      await nextBlockAt(startOf(3n));
      await refused(burn(world, ada, ben, cleo, 10n), world.vouches, "VouchReleased", ada.id, ben.id, 2n);
      await nextBlockAt(startOf(3n) + 1n);
      await refused(renew(world, ada, ben, 1n, 2n), world.vouches, "VouchReleased", ada.id, ben.id, 2n);
      await time.increaseTo(startOf(3n) + 1n);
      await expectPoints(world, ada, {});
    });
  });
});

import { expect } from "chai";
import { registerCrowd } from "../utils/vouchCrowd.ts";
import {
  type Agent,
  checkIn,
  ethers,
  expectSums,
  grownWorld,
  loadFixture,
  nextBlockAt,
  refused,
  renew,
  revoke,
  startOf,
  time,
  type World,
  warn,
  withParameters,
} from "../utils/vouchWorld.ts";

const MAX_CAP = 2n ** 20n - 2n;
const RING = 2n ** 27n - 2n;
/** How many whole standings fit, and what is left over. */
const WHOLE = RING / MAX_CAP;
const REST = RING % MAX_CAP;

interface Crowded extends World {
  crowd: Agent[];
  /** One more than fits. */
  last: Agent;
}

function make(world: World, stance: "vouch" | "warn", from: Agent, stake: bigint, periods = 1n) {
  const registry = world.vouches.connect(from.owner);
  return registry[stance](from.id, world.ben.id, stake, periods, 0, ethers.ZeroHash, "");
}

/** A crowd, each with the greatest standing there can be; all but the last one have staked it on ben. */
async function fullWorld(stance: "vouch" | "warn"): Promise<Crowded> {
  const world = await withParameters(await loadFixture(grownWorld), { unit: 1n, cap: MAX_CAP });
  const crowd = await registerCrowd(world, WHOLE + 1n);
  await time.increase(MAX_CAP);
  for (const agent of crowd) await checkIn(world, agent);
  const last = crowd.pop() as Agent;
  // Over all six buckets, so that the sum is what matters and not one bucket.
  for (const [index, agent] of crowd.entries()) await make(world, stance, agent, MAX_CAP, 1n + BigInt(index % 6));
  return { ...world, crowd, last };
}

const fullOfVouches = () => fullWorld("vouch");
const fullOfWarnings = () => fullWorld("warn");

/** The sum of a ring stays below its capacity, so that no bucket flows over into the next; 128 full stakes reach it. */
describe("VouchRegistry > a subject's ring that is full", () => {
  for (const [stance, fixture] of [
    ["vouch", fullOfVouches],
    ["warn", fullOfWarnings],
  ] as const) {
    describe(`given whole standings by ${stance} up to the capacity`, () => {
      let world: Crowded;
      let ada: Agent;
      let ben: Agent;
      let crowd: Agent[];
      let last: Agent;
      beforeEach(async () => {
        world = await loadFixture(fixture);
        ({ ada, ben, crowd, last } = world);
      });

      const expectStaked = (stake: bigint) =>
        expectSums(world, ben, stance === "vouch" ? stake : 0n, stance === "warn" ? stake : 0n);

      it("should hold the exact sum", async () => {
        await expectStaked(WHOLE * MAX_CAP);
      });

      it("should take exactly what is left, and then nothing", async () => {
        await make(world, stance, last, REST);
        await expectStaked(RING);
        await refused(make(world, stance, ada, 1n), world.vouches, "RingFull", ben.id, 0n, 1n);
        await expectStaked(RING);
      });

      it("should refuse one point more than is left and say what is", async () => {
        await refused(make(world, stance, last, REST + 1n), world.vouches, "RingFull", ben.id, REST, REST + 1n);
      });

      it("should refuse a renewal that raises by more than is left, and take one that does not", async () => {
        await make(world, stance, last, 1n);
        const all = renew(world, last, ben, REST, 1n);
        await refused(all, world.vouches, "RingFull", ben.id, REST, REST + 1n);
        await renew(world, last, ben, REST - 1n, 6n);
        await expectStaked(RING);
      });

      it("should make room when one is revoked", async () => {
        await make(world, stance, last, REST);
        await revoke(world, crowd[0] as Agent, ben);
        await make(world, stance, ada, 1n);
        await expectStaked(RING - MAX_CAP + 1n);
      });

      it("should make room when one ends", async () => {
        const ending = BigInt(crowd.filter((_, index) => index % 6 === 0).length);
        const period = await world.vouches.currentPeriod();
        await nextBlockAt(startOf(period + 2n));
        await make(world, stance, last, MAX_CAP);
        await expectStaked((WHOLE - ending + 1n) * MAX_CAP);
      });

      it("should leave the other ring of the subject alone", async () => {
        const other = stance === "vouch" ? "warn" : "vouch";
        await make(world, other, last, 5n);
        const [support, opposition] = await world.vouches.supportOf(ben.id);
        expect(stance === "vouch" ? opposition : support).to.equal(5n);
      });

      it("should refuse an edge of the other stance that is made anew, which stays what it was, until there is room", async () => {
        const other = stance === "vouch" ? "warn" : "vouch";
        await make(world, other, ada, 2n);
        await make(world, stance, last, REST - 1n);
        await refused(make(world, stance, ada, 2n), world.vouches, "RingFull", ben.id, 1n, 2n);
        const sums = await world.vouches.supportOf(ben.id);
        expect([...sums]).to.have.members([RING - 1n, 2n]);
        await revoke(world, crowd[0] as Agent, ben);
        await make(world, stance, ada, 2n);
        await expectStaked(RING - MAX_CAP + 1n);
      });

      it("should not keep its subject from staking on others", async () => {
        await warn(world, ben, ada, { stake: 30n });
        await expectSums(world, ada, 0n, 30n);
      });
    });
  }
});

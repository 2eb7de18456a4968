import { expect } from "chai";
import { demand } from "../TrustGate/reasons.ts";
import { readersWorld } from "../utils/vouchReaders.ts";
import { loadFixture, warn } from "../utils/vouchWorld.ts";

describe("the cost of passing a gate", () => {
  it("should be one word more to read for who was ever warned about, however many warned", async () => {
    const world = await loadFixture(readersWorld);
    const { ada, ben, dan, eve, gate } = world;
    const gasOf = async () => {
      const entered = await gate.connect(ben.owner).enter(demand({ oppositionLimit: 1_000n }));
      return (await entered.wait())?.gasUsed ?? 0n;
    };
    const unwarned = await gasOf();
    await warn(world, ada, ben);
    const warned = await gasOf();
    await warn(world, dan, ben);
    await warn(world, eve, ben);
    expect(await gasOf()).to.equal(warned);
    // A word that was not read before costs 2,100; the rest is to add its buckets up.
    expect(warned - unwarned).to.be.within(2_100n, 5_000n);
  });
});

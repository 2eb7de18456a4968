import { expect } from "chai";
import fc from "fast-check";
import { openWorld, type World } from "../../test/utils/world.ts";
import { periodAt, periodEnd, shortAddresses, shortParameters, vouchRegistryAbi } from "../index.ts";

describe("periodAt and periodEnd", () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  const clock = shortParameters;
  const registry = { abi: vouchRegistryAbi, address: shortAddresses.vouchRegistry } as const;

  it("should agree with the registry, in the last second of a period and in the first of the next", async () => {
    const [reader] = world.members;
    const end = periodEnd(periodAt(await world.now(), clock), clock);
    for (const time of [end - 1, end, end + 1]) {
      await reader.setNextBlockTimestamp({ timestamp: BigInt(time) });
      await reader.mine({ blocks: 1 });
      const { number: blockNumber } = await reader.getBlock();
      const current = await reader.readContract({ ...registry, functionName: "currentPeriod", blockNumber });
      expect(periodAt(time, clock), String(time - end)).to.equal(Number(current));
    }
  });

  it("should agree with the registry on any period's end", async () => {
    const [reader] = world.members;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 18 }), async (number) => {
        const args = [BigInt(number)] as const;
        const found = await reader.readContract({ ...registry, functionName: "periodEnd", args });
        expect(periodEnd(number, clock)).to.equal(Number(found));
      }),
      { numRuns: 20 },
    );
  });

  it("should be each other's inverse", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 18 }), fc.integer({ min: 1, max: 2 ** 23 }), (number, period) => {
        const some = { origin: clock.origin, period };
        expect(periodAt(periodEnd(number, some), some)).to.equal(number + 1);
        expect(periodAt(periodEnd(number, some) - 1, some)).to.equal(number);
      }),
    );
  });

  it("should refuse a moment before period 0", () => {
    expect(() => periodAt(clock.origin - 1, clock)).to.throw(RangeError, "before period 0");
    expect(periodAt(clock.origin, clock)).to.equal(0);
  });
});

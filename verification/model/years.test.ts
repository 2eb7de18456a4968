import { expect } from "chai";
import { run } from "./run.ts";
import { scenarios } from "./scenarios.ts";

const yearsFrom = (date: string): bigint => BigInt(Date.parse(date) / 1000);

/** Seconds that some program or other has never thought of, up to the last that fits into the registries' 40 bits. */
const MOMENTS = [
  2n ** 31n - 1n,
  2n ** 31n,
  2n ** 32n - 1n,
  2n ** 32n,
  yearsFrom("2106-12-31T23:59:59Z"),
  yearsFrom("9999-12-31T23:59:59Z"),
  yearsFrom("+010000-01-01T00:00:00Z"),
  // A waiting change adds two recovery delays to the present; the last of these still fit.
  2n ** 40n - 1n - 14n * 86_400n,
];

describe("after years of silence", function () {
  this.timeout(0);
  for (const scenario of [scenarios.production, scenarios.highestCap]) {
    it(`every view should answer what the rules say, until the year 36,812, given ${scenario.name}`, async () => {
      const moments = MOMENTS.filter((moment) => moment > 2n ** 31n);
      const { steps } = await run({ ...scenario, name: `${scenario.name}, and years` }, 9, 30, { moments });
      expect(steps).to.equal(30 + moments.length);
    });
  }
});

import { expect } from "chai";
import { wholeNumber } from "../../verification/model/environment.ts";
import { run } from "../../verification/model/run.ts";
import { scenarios } from "../../verification/model/scenarios.ts";

/**
 * A random program of all actions, compared in full with the model of the rules after each step, under the rules of
 * other chains. Cancun (Ecotone) is the oldest hardfork that has what the bytecode needs (MCOPY).
 */
const CHAINS = [
  { chainType: "l1", hardfork: "cancun" },
  { chainType: "l1", hardfork: "osaka" },
  { chainType: "op", hardfork: "ecotone" },
  { chainType: "op", hardfork: "isthmus" },
] as const;

const STEPS = wholeNumber("TENURE_STEPS") ?? 25;

describe("the registries on other chains", function () {
  this.timeout(0);
  for (const chain of CHAINS) {
    it(`should do on ${chain.chainType} ${chain.hardfork} what the rules say`, async () => {
      const { steps, succeeded } = await run(scenarios.short, 5, STEPS, { variant: chain });
      expect(steps).to.equal(STEPS);
      expect(succeeded).to.be.greaterThan(STEPS / 4);
    });
  }
});

import { expect } from "chai";
import { run, type Tally } from "./run.ts";
import { scenarios } from "./scenarios.ts";

/**
 * Random programs against the contracts and against a second, naive implementation of all rules (`rules/`). After each
 * step every view of every contract is compared; so are each revert's error with its arguments, and each log.
 *
 * A short run is the same each time; `npm run test:model` runs a long one, with another seed each time. TENURE_SEED and
 * TENURE_STEPS replay it.
 */
const isLong = process.env.TENURE_STEPS !== undefined;
const SEED = Number(process.env.TENURE_SEED ?? (isLong ? Date.now() % 1_000_000 : 1));
const STEPS = Number(process.env.TENURE_STEPS ?? "60");

const table = (rows: Map<string, unknown>): string => [...rows].map(([name, count]) => `${name} ${count}`).join(", ");

describe(`the registries and a naive model of their rules (TENURE_SEED=${SEED} TENURE_STEPS=${STEPS})`, function () {
  this.timeout(0);
  const total: Tally = { steps: 0, succeeded: 0, views: 0, actions: new Map(), errors: new Map() };

  for (const scenario of scenarios) {
    it(`agree after each step of a random program, given ${scenario.name}`, async () => {
      const tally = await run(scenario, SEED, STEPS);
      for (const key of ["steps", "succeeded", "views"] as const) total[key] += tally[key];
      for (const [name, [ok, refused]] of tally.actions) {
        const [before, beforeRefused] = total.actions.get(name) ?? [0, 0];
        total.actions.set(name, [before + ok, beforeRefused + refused]);
      }
      for (const [name, count] of tally.errors) total.errors.set(name, (total.errors.get(name) ?? 0) + count);
    });
  }

  after(() => {
    console.log(`      ${total.steps} steps, ${total.succeeded} of them successful, ${total.views} answers compared`);
    if (!isLong) return;
    console.log(`      went through/refused: ${table(total.actions)}`);
    console.log(`      errors met: ${table(total.errors)}`);
  });

  it("have met the actions that change something, and most errors", () => {
    const done = [...total.actions].filter(([, [succeeded]]) => succeeded > 0);
    expect(done).to.have.length.greaterThan(15);
    expect(total.errors.size).to.be.greaterThan(20);
  });
});

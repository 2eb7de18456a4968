import { expect } from "chai";
import { type FunctionFragment, Interface } from "ethers";
import { artifacts } from "hardhat";
import { wholeNumber, wholeNumbers } from "./environment.ts";
import { MARKS } from "./marks.ts";
import { run } from "./run.ts";
import { scenarios } from "./scenarios.ts";
import { add, emptyTally } from "./tally.ts";

/**
 * Random programs against the contracts and against a second, naive implementation of all rules (`rules/`). After each
 * step every view of every contract is compared; so are each revert's error with its arguments, and each log.
 *
 * A short run is the same each time; `npm run test:model` runs a long one, with another seed each time. TENURE_SEED and
 * TENURE_STEPS replay it. A program that fails is shrunk to a few commands; TENURE_ONLY, their numbers with commas
 * between them, replays those alone.
 */
const isLong = process.env.TENURE_STEPS !== undefined;
/** Of this one, the short programs meet everything; the last test holds them to it. */
const SHORT_SEED = 43;
const SEED = wholeNumber("TENURE_SEED") ?? (isLong ? (Date.now() % 1_000_000) + 1 : SHORT_SEED);
const ENOUGH = 100;
const STEPS = wholeNumber("TENURE_STEPS") ?? ENOUGH;
const ONLY = wholeNumbers("TENURE_ONLY");

const table = (rows: Map<string, unknown>): string => [...rows].map(([name, count]) => `${name} ${count}`).join(", ");

describe(`the registries and a naive model of their rules (TENURE_SEED=${SEED} TENURE_STEPS=${STEPS})`, function () {
  this.timeout(0);
  const total = emptyTally();

  for (const scenario of Object.values(scenarios)) {
    it(`agree after each step of a random program, given ${scenario.name}`, async () => {
      add(total, await run(scenario, SEED, STEPS, { only: ONLY }));
    });
  }

  after(() => {
    console.log(`      ${total.steps} steps, ${total.succeeded} of them successful, ${total.views} answers compared`);
    if (!isLong) return;
    console.log(`      went through/refused: ${table(total.actions)}`);
    console.log(`      errors met: ${table(total.errors)}`);
    console.log(`      rare things met: ${table(total.marks)}`);
  });

  it("have met every function that changes something, in each of its forms", async function () {
    if (STEPS < ENOUGH || ONLY !== undefined) this.skip();
    const done = [...total.actions].filter(([, [succeeded]]) => succeeded > 0).map(([name]) => name);
    for (const [registry, name] of [
      ["identities", "IdentityRegistry"],
      ["vouches", "VouchRegistry"],
      ["delegations", "DelegationRegistry"],
    ] as const) {
      const { abi } = await artifacts.readArtifact(name);
      const functions = Interface.from(abi).fragments.filter((item) => item.type === "function") as FunctionFragment[];
      for (const item of functions.filter(({ stateMutability }) => stateMutability === "nonpayable")) {
        const isAlone = functions.filter((other) => other.name === item.name).length === 1;
        expect(done).to.include(`${registry}.${isAlone ? item.name : item.format()}`);
      }
    }
  });

  it("have met most errors, and everything that is rare", function () {
    if (STEPS < ENOUGH || ONLY !== undefined) this.skip();
    expect(total.errors.size).to.be.greaterThan(25);
    expect(MARKS.filter((mark) => !total.marks.has(mark))).to.deep.equal([]);
  });
});

import { expect } from "chai";
import type { Belief } from "./play.ts";
import { find } from "./rules/lookups.ts";
import { Divergence, run } from "./run.ts";
import { scenarios } from "./scenarios.ts";

/** Somebody who has misread the rules believes that a claimed recovery changes the file, too. */
const misread: Belief = ({ name, args, rule }) => {
  if (name !== "claimRecovery") return rule;
  return (state, caller) => {
    rule(state, caller);
    const agent = find(state, args[0] as bigint);
    if (agent !== undefined) agent.uri = `${agent.uri}, recovered`;
  };
};

/** Four who register, as no program does without; a guardian, a proposal and its claim. */
const NEEDED = 7;
const STEPS = 200;

describe("a program that the contracts and the rules disagree about", function () {
  this.timeout(0);
  let failure: Divergence;

  before(async () => {
    const caught = await run(scenarios.guardians, 1, STEPS, { belief: misread }).catch((error: unknown) => error);
    if (!(caught instanceof Divergence)) throw new Error(`not noticed: ${caught}`);
    failure = caught;
  });

  it("should shrink to the commands that it takes, also where what went wrong needs what went before", () => {
    expect(failure.shrunk?.lines.at(-1)?.number, "so many commands there were").to.be.greaterThan(50);
    expect(failure.shrunk?.lines.length).to.be.at.most(NEEDED);
  });

  it("should be told as calls, with what differs and how to play only these", () => {
    const { message } = failure;
    const numbers = failure.shrunk?.lines.map(({ number }) => number).join();
    expect(message).to.match(
      /^guardians at work, seed 1, command \d+, at \d+, actor\d+: identities\.claimRecovery\(\d\)\n/,
    );
    for (const call of ["setGuardian", "proposeRecovery", "claimRecovery"]) {
      expect(message).to.match(new RegExp(`\n {2}at \\d+, actor\\d+: identities\\.${call}\\(\\d`));
    }
    expect(message).to.include(", recovered'");
    expect(message).to.include(`TENURE_SEED=1 TENURE_STEPS=${STEPS} TENURE_ONLY=${numbers} npm run test:model`);
  });

  it("should fail again where only these are played, and pass by the rules", async () => {
    const only = failure.shrunk?.lines.map(({ number }) => number) ?? [];
    const again = run(scenarios.guardians, 1, STEPS, { belief: misread, only, shrinks: false });
    const caught = await again.catch((error: unknown) => error);
    expect(caught).to.be.instanceOf(Divergence);
    const { steps } = await run(scenarios.guardians, 1, STEPS, { only });
    expect(steps).to.equal(only.length);
  });
});

// Mocha's own spec reporter, which also leaves what came of the tests for .ci/run.
"use strict";
const Mocha = require("mocha");
const { writeReport } = require("./write.cjs");

/** What a test left open keeps its process, and all of `npm test`, running for ever. */
const SECONDS_TO_END = 60;
/** Waited for in steps: a machine that stood still for a minute has not given the process one. */
const SECONDS_A_STEP = 5;

/** @param {{ passed: number, failed: number, skipped: number, notes: string }} result of the tests that have ended */
function failUnlessItEnds(result) {
  let seconds = 0;
  const step = () => {
    seconds += SECONDS_A_STEP;
    if (seconds < SECONDS_TO_END) return;
    const open = process.getActiveResourcesInfo().join(", ");
    const note = `all tests had ended, and ${seconds} s later the process had not. Still open: ${open}`;
    console.error(note);
    const notes = [result.notes, note].filter((text) => text !== "").join("\n\n");
    writeReport("mocha", { ...result, failed: result.failed + 1, notes });
    process.exit(1);
  };
  // By itself it keeps nothing running.
  setInterval(step, SECONDS_A_STEP * 1_000).unref();
}

module.exports = class extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const failures = [];
    runner.on(Mocha.Runner.constants.EVENT_TEST_FAIL, (test, error) => {
      failures.push(`${test.fullTitle()}\n${error?.stack ?? error}`);
    });
    const retries = [];
    runner.on(Mocha.Runner.constants.EVENT_TEST_RETRY, (test, error) => {
      retries.push(`tried again: ${test.fullTitle()}\n${error?.stack ?? error}`);
    });
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures: failed, pending } = this.stats;
      const notes = [...retries, ...failures].join("\n\n");
      const result = { passed: passes, failed, skipped: pending, notes };
      writeReport("mocha", result);
      failUnlessItEnds(result);
    });
  }
};

// Mocha's own spec reporter, which also leaves what came of the tests for .ci/run.
"use strict";
const Mocha = require("mocha");
const { writeReport } = require("./write.cjs");

/** What a test left open keeps its process, and all of `npm test`, running for ever. */
const SECONDS_TO_END = 30;

/** @param {{ passed: number, failed: number, skipped: number, notes: string }} result of the tests that have ended */
function failUnlessItEnds(result) {
  // By itself it keeps nothing running.
  setTimeout(() => {
    const open = process.getActiveResourcesInfo().filter((name) => name !== "Timeout");
    const note = `all tests had ended, and ${SECONDS_TO_END} s later the process had not. Still open: ${open.join(", ") || "timers"}`;
    console.error(note);
    writeReport("mocha", {
      ...result,
      failed: result.failed + 1,
      notes: [result.notes, note].filter(Boolean).join("\n\n"),
    });
    process.exit(1);
  }, SECONDS_TO_END * 1_000).unref();
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

// Mocha's own spec reporter, which also leaves what came of the tests for .ci/run.
"use strict";
const Mocha = require("mocha");
const { writeReport } = require("./write.cjs");

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
      writeReport("mocha", { passed: passes, failed, skipped: pending, notes });
    });
  }
};

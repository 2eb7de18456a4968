// Mocha's own spec reporter, which also leaves its counts for .ci/run.
"use strict";
const Mocha = require("mocha");
const { writeReport } = require("./write.cjs");

module.exports = class extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      writeReport("mocha", { passed: passes, failed: failures, skipped: pending });
    });
  }
};

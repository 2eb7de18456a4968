"use strict";
const fs = require("node:fs");
const path = require("node:path");

/**
 * Writes the counts of one test suite where TENURE_TEST_REPORT names a folder; does nothing elsewhere.
 * @param {string} suite
 * @param {{ passed: number, failed: number, skipped: number }} counts
 */
exports.writeReport = function writeReport(suite, counts) {
  const folder = process.env.TENURE_TEST_REPORT;
  if (!folder) return;
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, `${suite}.json`), `${JSON.stringify(counts)}\n`);
};

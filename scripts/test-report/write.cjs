"use strict";
const fs = require("node:fs");
const path = require("node:path");

/**
 * Writes what came of one test suite where TENURE_TEST_REPORT names a folder; does nothing elsewhere.
 * @param {string} suite
 * @param {{ passed: number, failed: number, skipped: number, failures: string }} result counts, and what a reader must
 *   know of each failed test: its title and its error
 */
exports.writeReport = function writeReport(suite, result) {
  const folder = process.env.TENURE_TEST_REPORT;
  if (!folder) return;
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, `${suite}.json`), `${JSON.stringify(result)}\n`);
};

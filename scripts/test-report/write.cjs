"use strict";
const fs = require("node:fs");
const path = require("node:path");

/**
 * Writes what came of one test suite where TENURE_TEST_REPORT names a folder; does nothing elsewhere.
 * @param {string} suite
 * @param {{ passed: number, failed: number, skipped: number, notes: string }} result counts, and what a reader must
 *   know: title and error of each test that failed, once or for good
 */
exports.writeReport = function writeReport(suite, result) {
  const folder = process.env.TENURE_TEST_REPORT;
  if (!folder) return;
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, `${suite}.json`), `${JSON.stringify(result)}\n`);
};

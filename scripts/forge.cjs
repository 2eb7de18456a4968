// Branch coverage of the Solidity tests: Hardhat measures only lines and statements, forge also branches. forge comes
// from the npm registry into .node/forge, once; it is not in package.json, because npm would then ask for its builds
// of all platforms. Arguments go to `forge coverage`; the lcov file is lcov.info.
"use strict";
const { spawnSync } = require("node:child_process");
const { existsSync } = require("node:fs");
const path = require("node:path");

const root = path.join(__dirname, "..");
const home = path.join(root, ".node", "forge");
const forge = path.join(home, "node_modules", "@foundry-rs", "forge", "bin.mjs");
const version = "1.7.1";

function run(command, args) {
  const result = spawnSync(command, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  if (result.error) console.error(`branch-coverage: ${result.error.message}`);
  return result.status ?? 1;
}

if (!existsSync(forge)) {
  console.error(`branch-coverage: getting forge ${version} into .node/forge (once)`);
  const args = ["install", "--prefix", home, "--no-save", "--no-package-lock", "--no-audit", "--no-fund"];
  const status = run("npm", [...args, "--loglevel=error", `@foundry-rs/forge@${version}`]);
  if (status !== 0) process.exit(status);
}
// Without the IR pipeline the registries are "too deep" for the stack; --ir-minimum is that pipeline with the least
// optimisation, so that source lines can still be told apart.
const options = ["--ir-minimum", "--no-match-coverage", "test/", "--report", "summary", "--report", "lcov"];
process.exit(run(process.execPath, [forge, "coverage", ...options, ...process.argv.slice(2)]));

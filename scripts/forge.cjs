// forge, for what Hardhat does not have: branch coverage of the Solidity tests, and its linter. It comes from the npm
// registry into .node/forge, once; it is not in package.json, because npm would then ask for its builds of all
// platforms. Its settings are in foundry.toml.
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
  if (result.error) console.error(`forge: ${result.error.message}`);
  return result.status ?? 1;
}

if (!existsSync(forge)) {
  console.error(`forge: getting version ${version} into .node/forge (once)`);
  const args = ["install", "--prefix", home, "--no-save", "--no-package-lock", "--no-audit", "--no-fund"];
  const status = run("npm", [...args, "--loglevel=error", `@foundry-rs/forge@${version}`]);
  if (status !== 0) process.exit(status);
}
process.exit(run(process.execPath, [forge, ...process.argv.slice(2)]));

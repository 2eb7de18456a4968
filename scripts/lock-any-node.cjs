// npm skips an optional dependency whose `engines` the running Node does not meet. Hardhat's native EDR package asks
// for Node 22 or newer, so `npm ci` on an older Node would leave it out, although scripts/with-node.cjs then runs
// Hardhat on a newer Node. npm reads `engines` from the lock file, so this drops them there, and those of agent0-sdk
// and of what Fastify brings for tests, about which it would warn: only tests use them, and they run on that newer Node. npm runs it (script "dependencies")
// after each change to node_modules.
"use strict";
const fs = require("node:fs");
const path = require("node:path");

const file = path.join(__dirname, "..", "package-lock.json");
const text = fs.readFileSync(file, "utf8");
const lock = JSON.parse(text);
for (const [name, entry] of Object.entries(lock.packages)) {
  if (
    /(^|\/)node_modules\/(@nomicfoundation\/edr(-[\w-]+)?|agent0-sdk|light-my-request\/node_modules\/cookie)$/.test(
      name,
    )
  )
    delete entry.engines;
}
const fixed = `${JSON.stringify(lock, null, 2)}\n`;
if (fixed !== text) fs.writeFileSync(file, fixed);

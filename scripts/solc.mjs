#!/usr/bin/env node
// The `solc` command line over solc's WebAssembly build, as far as forge needs it: --version and --standard-json.
import fs from "node:fs";
import path from "node:path";
import solc from "solc";

const args = process.argv.slice(2);
if (args.includes("--version")) {
  // forge recognises only the name of a native build.
  const version = solc.version().replace("Emscripten.clang", "Linux.g++");
  console.log(`solc, the solidity compiler commandline interface\nVersion: ${version}`);
} else if (args.includes("--standard-json")) {
  const base = args.includes("--base-path") ? args[args.indexOf("--base-path") + 1] : process.cwd();
  const read = (file) => {
    try {
      return { contents: fs.readFileSync(path.resolve(base, file), "utf8") };
    } catch (error) {
      return { error: String(error) };
    }
  };
  process.stdout.write(solc.compile(fs.readFileSync(0, "utf8"), { import: read }));
} else {
  console.error(`solc.mjs: unsupported arguments: ${args.join(" ")}`);
  process.exitCode = 1;
}

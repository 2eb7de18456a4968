#!/usr/bin/env node
// Apart from what is built, so that npm can link the command before anything is.
import { existsSync } from "node:fs";

const main = new URL("../dist/main.js", import.meta.url);
if (existsSync(main)) {
  await import(main.href);
} else {
  console.error("tenure: the command is not built yet. Run npm run build, or npm start, in the project's folder.");
  process.exitCode = 2;
}

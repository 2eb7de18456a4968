import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { writeReport } from "../test-report/write.cjs";
import { groupsOf } from "./groups.ts";

/**
 * npm test, once everything is built
 *
 * Runs all tests of contracts, SDK and command line, one group of them more at a time than there are cores: each waits now
 * and then for a clock, a disk or a node. What a group prints comes when it has ended, so that it is read in one piece.
 */
const ROOT = path.join(import.meta.dirname, "../..");
/** Node keeps here what it made of modules: Hardhat alone has thousands, and tests start it many times. */
const COMPILED = path.join(ROOT, ".node/compile-cache");
const HARDHAT = path.join(ROOT, "node_modules/hardhat/dist/src/cli.js");

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
  notes: string;
}

interface Job {
  name: string;
  suite: "solidity" | "mocha";
  args: string[];
}

const [longest, ...others] = groupsOf(ROOT).map(
  ({ name, files }): Job => ({ name, suite: "mocha", args: ["mocha", "--no-compile", ...files] }),
);
const solidity: Job = { name: "test/solidity", suite: "solidity", args: ["solidity", "--no-compile"] };
const jobs = [...(longest ? [longest] : []), solidity, ...others];

async function run(job: Job): Promise<Counts> {
  const report = mkdtempSync(path.join(tmpdir(), "tenure-tests-"));
  try {
    const started = Date.now();
    console.log(`${job.name} begins`);
    const child = spawn(process.execPath, [HARDHAT, "test", ...job.args], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "pipe"],
      env: { NODE_COMPILE_CACHE: COMPILED, ...process.env, TENURE_TEST_REPORT: report },
    });
    const output: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => output.push(chunk));
    const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
    console.log(`\n${job.name}, ${Math.round((Date.now() - started) / 1_000)} s`);
    process.stdout.write(Buffer.concat(output));
    const [file] = readdirSync(report);
    if (file === undefined)
      return { passed: 0, failed: 1, skipped: 0, notes: `${job.name}: no result, status ${status}` };
    const counts = JSON.parse(readFileSync(path.join(report, file), "utf8")) as Counts;
    // A group that ended otherwise than its tests say, by an unhandled rejection say, has failed.
    const isBroken = status !== 0 && counts.failed === 0;
    return isBroken ? { ...counts, failed: 1, notes: `${counts.notes}\n${job.name}: status ${status}` } : counts;
  } finally {
    rmSync(report, { recursive: true, force: true });
  }
}

const results: { suite: Job["suite"]; counts: Counts }[] = [];

async function work(): Promise<void> {
  for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
    results.push({ suite: job.suite, counts: await run(job) });
  }
}

await Promise.all(Array.from({ length: availableParallelism() + 1 }, work));

for (const suite of ["solidity", "mocha"] as const) {
  const of = results.filter((result) => result.suite === suite).map(({ counts }) => counts);
  const sum = (key: "passed" | "failed" | "skipped") => of.reduce((total, counts) => total + counts[key], 0);
  const [passed, failed, skipped] = [sum("passed"), sum("failed"), sum("skipped")];
  const notes = of.map((counts) => counts.notes).filter((text) => text !== "");
  writeReport(suite, { passed, failed, skipped, notes: notes.join("\n\n") });
  console.log(`\n${suite}: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  for (const text of notes) console.error(text);
  if (failed > 0 || passed === 0) process.exitCode = 1;
}

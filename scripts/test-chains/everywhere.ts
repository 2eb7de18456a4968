import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { isAnvilInstalled, startAnvil } from "../../sdk/test/utils/anvil.ts";
import { writeReport } from "../test-report/write.cjs";

/**
 * npm run test:chains
 *
 * Runs the tests of the contracts on the oldest and on the newest hardfork that they support, as L1 and as an OP chain,
 * and on anvil; TENURE_CHAINS=cancun,anvil chooses some. Cancun (Ecotone) is the oldest that has what the bytecode needs
 * (MCOPY).
 */
const ROOT = path.join(import.meta.dirname, "../..");

/** Tests of one of them share a chain, and take each other back in time where two of them do. */
const GROUPS = [
  ["test/IdentityRegistry", "test/conformance", "test/AgentLinks", "test/DelegationRegistry"],
  ["test/VouchRegistry", "test/signatures", "test/TrustGate", "test/RegistryLens", "test/findings"],
];

/** What a chain has no way to do, by the titles of tests. */
const UNABLE: Record<string, string> = {
  cancun: "EIP-7702", // came with Prague
  ecotone: "EIP-7702",
  isthmus: "EIP-7702", // has it, but Hardhat's OP chain takes no transaction of type 4
  anvil: "as the calendar does", // begins today
};

const testsIn = (folder: string) =>
  readdirSync(path.join(ROOT, folder))
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => `${folder}/${name}`);

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
  notes: string;
}

function runOn(network: string, folders: string[], environment: Record<string, string> = {}): Counts {
  const report = mkdtempSync(path.join(tmpdir(), "tenure-chains-"));
  try {
    const hardhat = path.join(ROOT, "node_modules/hardhat/dist/src/cli.js");
    const options = ["--config", "scripts/test-chains/hardhat.config.ts", "--network", network];
    const unable = UNABLE[network];
    const excluded = unable === undefined ? [] : ["--grep-exclude", unable];
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [hardhat, ...options, "test", "mocha", "--no-compile", ...excluded, ...folders.flatMap(testsIn)],
      {
        cwd: ROOT,
        encoding: "utf8",
        env: { ...process.env, ...environment, TENURE_TEST_REPORT: report },
        maxBuffer: 1 << 28,
      },
    );
    const [file] = readdirSync(report);
    if (file === undefined) throw new Error(`no result from ${network}, status ${status}:\n${stdout}\n${stderr}`);
    return JSON.parse(readFileSync(path.join(report, file), "utf8"));
  } finally {
    rmSync(report, { recursive: true, force: true });
  }
}

async function runOnAnvil(folders: string[]): Promise<Counts> {
  // As many accounts as Hardhat has; and each block a second later, as there.
  const { url, close } = await startAnvil(0, ["--accounts", "20"]);
  try {
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "anvil_setBlockTimestampInterval", params: [1] });
    await fetch(url, { method: "POST", headers, body });
    return runOn("anvil", folders, { TENURE_ANVIL_URL: url });
  } finally {
    await close();
  }
}

function report(chain: string, runs: Counts[]): void {
  const sum = (key: "passed" | "failed" | "skipped") => runs.reduce((total, run) => total + run[key], 0);
  const [passed, failed, skipped] = [sum("passed"), sum("failed"), sum("skipped")];
  const notes = runs.map((run) => run.notes).filter((text) => text !== "");
  console.log(`${chain}: ${passed} passed, ${failed} failed`);
  for (const text of notes) console.error(text);
  writeReport(chain, { passed, failed, skipped, notes: notes.map((text) => `${chain}: ${text}`).join("\n\n") });
  if (failed > 0 || passed === 0) process.exitCode = 1;
}

const CHAINS = ["cancun", "osaka", "ecotone", "isthmus", "anvil"];
const wanted = process.env.TENURE_CHAINS?.split(",") ?? CHAINS;
const unknown = wanted.filter((chain) => !CHAINS.includes(chain));
if (unknown.length > 0) throw new Error(`TENURE_CHAINS names ${unknown.join(", ")}; there are ${CHAINS.join(", ")}.`);

for (const chain of wanted) {
  if (chain !== "anvil") {
    report(chain, [runOn(chain, GROUPS.flat())]);
  } else if (isAnvilInstalled()) {
    const runs: Counts[] = [];
    for (const folders of GROUPS) runs.push(await runOnAnvil(folders));
    report(chain, runs);
  } else {
    console.log("anvil: not installed; `npm run anvil:install` installs it");
  }
}

import { appendFileSync, existsSync, readFileSync } from "node:fs";
import path from "node:path";
import hre from "hardhat";
import { Chance } from "../../test/model/program/chance.ts";
import { type Bytecode, compile, QUICK } from "./compiler.ts";
import { modelNotices } from "./model.ts";
import { type Mutant, mutantsOf } from "./mutants.ts";
import { Suites } from "./suites.ts";
import { type Subject, subjects } from "./targets.ts";

/**
 * npm run mutate
 *
 * Puts one mistake after the other into the contracts, in an order that a seed shuffles, and looks whether a test
 * notices: first the differential test, in this process; if it does not, the Mocha suites of the contract, with the
 * compiler's real settings. Results are appended to a file, and what is in it is not tried again.
 *
 * MUTATION_ONLY takes files whose path contains it, MUTATION_SHARD=1/2 every second mutant, MUTATION_MINUTES ends it.
 */
export interface Result {
  file: string;
  line: number;
  kind: string;
  from: string;
  to: string;
  /** `same` has the bytecode of the original, `invalid` does not compile. */
  fate: "killed" | "survived" | "same" | "invalid";
  by?: string;
}

const SEED = 1;
const results = path.join(import.meta.dirname, process.env.MUTATION_RESULTS ?? "results.jsonl");
const [shard = 0, shards = 1] = (process.env.MUTATION_SHARD ?? "0/1").split("/").map(Number);
const deadline = Date.now() + Number(process.env.MUTATION_MINUTES ?? "100000") * 60_000;
const only = process.env.MUTATION_ONLY ?? "";

function shuffled<T>(items: T[]): T[] {
  const chance = new Chance(SEED);
  const keyed = items.map((item) => ({ item, key: chance.between(0n, 1_000_000_000n) }));
  return keyed.sort((one, other) => (one.key < other.key ? -1 : 1)).map(({ item }) => item);
}

const keyOf = ({ file, line, kind, from, to }: Omit<Mutant, "content">) => [file, line, kind, from, to].join("|");

function exactSettings({ targets }: Subject): Record<string, unknown>[] {
  const profile = hre.config.solidity.profiles.default;
  if (profile === undefined) throw new Error("no build profile");
  const { compilers, overrides } = profile;
  return targets.map(({ file }) => (overrides[file] ?? compilers[0])?.settings ?? {});
}

/** As they would be deployed. */
function compileExactly(subject: Subject, content?: string): Map<string, Bytecode> | undefined {
  const settings = exactSettings(subject);
  const codes = new Map<string, Bytecode>();
  for (const [i, target] of subject.targets.entries()) {
    const { outputSelection: _, ...rest } = settings[i] ?? {};
    const compiled = compile([target], rest, content === undefined ? undefined : subject.file, content);
    if (compiled === undefined) return undefined;
    for (const [name, code] of compiled) codes.set(name, code);
  }
  return codes;
}

const isSame = (one: Map<string, Bytecode>, other: Map<string, Bytecode>): boolean =>
  [...one].every(([name, { creation }]) => other.get(name)?.creation === creation);

const originals = new Map<string, Map<string, Bytecode>>();

function original(subject: Subject, how: "quick" | "exact"): Map<string, Bytecode> {
  const key = `${how} ${subject.targets.map(({ name }) => name).join()}`;
  const codes = originals.get(key) ?? (how === "quick" ? compile(subject.targets, QUICK) : compileExactly(subject));
  if (codes === undefined) throw new Error(`${subject.file} does not compile`);
  originals.set(key, codes);
  return codes;
}

const sound = new Set<string>();

/** Tests that fail without a mistake, too, would notice every one. */
function requireSound(subject: Subject, suites: Suites): void {
  if (sound.has(subject.file)) return;
  const complaint = suites.notice(subject.targets, original(subject, "exact"), subject.tests);
  if (complaint !== undefined) throw new Error(`the tests of ${subject.file} fail without a mistake: ${complaint}`);
  sound.add(subject.file);
}

async function judge(subject: Subject, { content }: Mutant, suites: Suites): Promise<Pick<Result, "fate" | "by">> {
  const quick = compile(subject.targets, QUICK, subject.file, content);
  if (quick === undefined) return { fate: "invalid" };
  if (isSame(quick, original(subject, "quick"))) return { fate: "same" };
  if (subject.isBeyondModel !== true) {
    const by = await modelNotices(quick);
    if (by !== undefined) return { fate: "killed", by };
  }
  const exact = compileExactly(subject, content);
  if (exact === undefined) return { fate: "invalid" };
  if (isSame(exact, original(subject, "exact"))) return { fate: "same" };
  requireSound(subject, suites);
  const by = suites.notice(subject.targets, exact, subject.tests);
  return by === undefined ? { fate: "survived" } : { fate: "killed", by };
}

const known = new Set<string>();
if (existsSync(results)) {
  for (const line of readFileSync(results, "utf8").split("\n").filter(Boolean)) known.add(keyOf(JSON.parse(line)));
}
const all = subjects.flatMap((subject) => mutantsOf(subject.file).map((mutant) => ({ subject, mutant })));
const mine = shuffled(all).filter(({ mutant }, i) => {
  return i % shards === shard % shards && mutant.file.includes(only) && !known.has(keyOf(mutant));
});
console.log(`${all.length} mutants, ${mine.length} to try`);
const registries = subjects.find(({ file }) => file.endsWith("Tenure.sol"));
const complaint = registries && (await modelNotices(original(registries, "quick")));
if (complaint !== undefined) throw new Error(`the contracts without a mistake are not right: ${complaint}`);
const suites = new Suites();
try {
  for (const { subject, mutant } of mine) {
    if (Date.now() > deadline) break;
    const { content: _, ...facts } = mutant;
    const result: Result = { ...facts, ...(await judge(subject, mutant, suites)) };
    appendFileSync(results, `${JSON.stringify(result)}\n`);
    if (result.fate === "survived")
      console.log(`survived: ${mutant.file}:${mutant.line} ${mutant.from} -> ${mutant.to}`);
  }
} finally {
  suites.close();
}

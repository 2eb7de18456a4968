import { appendFileSync, existsSync, readFileSync } from "node:fs";
import path from "node:path";
import hre from "hardhat";
import { Chance } from "../../test/model/program/chance.ts";
import { type Bytecode, compile, compileQuickly, type Edit, isValid, type Target } from "./compiler.ts";
import { modelNotices } from "./model.ts";
import { type Mutant, mutantsOf } from "./mutants.ts";
import { Suites, testFilesOf } from "./suites.ts";
import { type Subject, subjects } from "./targets.ts";
import { UnitTests } from "./unitTests.ts";

/**
 * npm run mutate
 *
 * Puts one mistake after the other into the contracts, in an order that a seed shuffles, and looks whether a test
 * notices: first the Mocha suites of the contract, against code compiled in haste; if they do not, the Solidity
 * tests of a library; then the differential test; last, the suites with the compiler's real settings. Results are appended to a file, and what is in it is not tried again.
 *
 * MUTATION_ONLY takes files whose path contains it, MUTATION_SHARD=1/2 every second of the mutants that are left,
 * MUTATION_RESULTS writes to another file, MUTATION_MINUTES ends it.
 */
export interface Result {
  file: string;
  line: number;
  column: number;
  kind: string;
  from: string;
  to: string;
  /** `same` has the bytecode of the original, `invalid` does not compile. */
  fate: "killed" | "survived" | "same" | "invalid";
  by?: string;
}

const SEED = 1;
const results = path.resolve(import.meta.dirname, process.env.MUTATION_RESULTS ?? "results.jsonl");
const [shard = 0, shards = 1] = (process.env.MUTATION_SHARD ?? "0/1").split("/").map(Number);
if (!Number.isInteger(shard) || !(shards > 0)) throw new Error("MUTATION_SHARD is a number of how many, such as 0/2.");
const deadline = Date.now() + Number(process.env.MUTATION_MINUTES ?? "100000") * 60_000;
const only = process.env.MUTATION_ONLY ?? "";

function shuffled<T>(items: T[]): T[] {
  const chance = new Chance(SEED);
  const keyed = items.map((item) => ({ item, key: chance.between(0n, 1_000_000_000n) }));
  return keyed.sort((one, other) => (one.key < other.key ? -1 : 1)).map(({ item }) => item);
}

const keyOf = ({ file, line, column, kind, from, to }: Omit<Mutant, "content">) =>
  [file, line, column, kind, from, to].join("|");

type Codes = ReadonlyMap<string, Bytecode>;
type Compiler = (target: Target, edit?: Edit) => Bytecode | undefined;

/** As it would be deployed. */
const compileExactly: Compiler = (target, edit) => {
  const profile = hre.config.solidity.profiles.default;
  if (profile === undefined) throw new Error("no build profile");
  const { outputSelection: _, ...settings } = (profile.overrides[target.file] ?? profile.compilers[0])?.settings ?? {};
  return compile(target, settings, edit);
};

/** All contracts that a mistake is part of; nothing where one of them does not compile. */
function compileAll(targets: Target[], compiler: Compiler, edit?: Edit): Codes | undefined {
  const codes = new Map<string, Bytecode>();
  for (const target of targets) {
    const code = compiler(target, edit);
    if (code === undefined) return undefined;
    codes.set(target.name, code);
  }
  return codes;
}

const originals = new Map<string, Codes>();

function original({ file, targets }: Subject, compiler: Compiler): Codes {
  const key = `${compiler.name} ${targets.map(({ name }) => name).join()}`;
  const codes = originals.get(key) ?? compileAll(targets, compiler);
  if (codes === undefined) throw new Error(`${file} does not compile`);
  originals.set(key, codes);
  return codes;
}

const isSame = (one: Codes, other: Codes): boolean =>
  [...one].every(([name, { creation }]) => other.get(name)?.creation === creation);

const tolerant = new Map<string, boolean>();

/**
 * Those of the files that pass without a mistake: the others would notice every one. They measure gas or size, and code
 * compiled in haste is big and slow; or they ask for a chain that takes no such code.
 */
async function usableFiles(subject: Subject, compiler: Compiler, suites: Suites): Promise<string[]> {
  const usable: string[] = [];
  for (const file of testFilesOf(subject.tests)) {
    const key = `${file}, ${subject.targets.map(({ name }) => name).join()}, ${compiler.name}`;
    if (!tolerant.has(key)) {
      const complaint = await suites.notice(original(subject, compiler), [file]);
      if (complaint !== undefined) console.log(`takes no part: ${key}: ${complaint}`);
      tolerant.set(key, complaint === undefined);
    }
    if (tolerant.get(key)) usable.push(file);
  }
  return usable;
}

async function judge(subject: Subject, mutant: Mutant, suites: Suites): Promise<Pick<Result, "fate" | "by">> {
  if (!isValid(subject.targets, mutant)) return { fate: "invalid" };
  const quick = compileAll(subject.targets, compileQuickly, mutant);
  if (quick !== undefined) {
    if (isSame(quick, original(subject, compileQuickly))) return { fate: "same" };
    const by =
      (await suites.notice(quick, await usableFiles(subject, compileQuickly, suites))) ??
      (subject.unitTest && unitTests.notice(mutant, subject.unitTest)) ??
      (subject.isBeyondModel ? undefined : await modelNotices(quick));
    if (by !== undefined) return { fate: "killed", by };
  }
  const exact = compileAll(subject.targets, compileExactly, mutant);
  if (exact === undefined) return { fate: "invalid" };
  if (isSame(exact, original(subject, compileExactly))) return { fate: "same" };
  const by = await suites.notice(exact, await usableFiles(subject, compileExactly, suites));
  return by === undefined ? { fate: "survived" } : { fate: "killed", by };
}

const known = new Set<string>();
if (existsSync(results)) {
  for (const line of readFileSync(results, "utf8").split("\n").filter(Boolean)) known.add(keyOf(JSON.parse(line)));
}
const all = subjects.flatMap((subject) => mutantsOf(subject.file).map((mutant) => ({ subject, mutant })));
const left = shuffled(all).filter(({ mutant }) => mutant.file.includes(only) && !known.has(keyOf(mutant)));
const mine = left.filter((_, i) => i % shards === shard % shards);
console.log(`${all.length} mutants, ${mine.length} to try`);
const suites = new Suites();
const unitTests = new UnitTests();
const model = await modelNotices(new Map());
if (model !== undefined) throw new Error(`the contracts without a mistake are not right: ${model}`);
for (const { subject, mutant } of mine) {
  if (Date.now() > deadline) break;
  const { content: _, ...facts } = mutant;
  const result: Result = { ...facts, ...(await judge(subject, mutant, suites)) };
  appendFileSync(results, `${JSON.stringify(result)}\n`);
  if (result.fate === "survived") console.log(`survived: ${mutant.file}:${mutant.line} ${mutant.from} -> ${mutant.to}`);
}

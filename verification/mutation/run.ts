import { Chance } from "../model/program/chance.ts";
import { judge } from "./judge.ts";
import { modelNotices } from "./model.ts";
import { factsOf, type GenericFacts, keyOfGeneric, mutantsOf } from "./mutants.ts";
import { Results } from "./results.ts";
import { keyOfSlip, type SlipFacts, semanticMutants } from "./semantic.ts";
import { subjectOf, subjects } from "./targets.ts";

/**
 * npm run mutate
 *
 * Puts one mistake after the other into the contracts and looks whether a test notices. Mistakes that somebody made up,
 * each against a rule (`semantic/`), have to be noticed by the Mocha suites. Those that operators make
 * (`operators.ts`) are tried in an order that a seed shuffles: first the Mocha suites of the contract, against code
 * compiled in haste; then those that need the compiler's real settings; then the Solidity tests of a library; last, the
 * differential test. Results are appended to files, and what is in them is not tried again.
 *
 * MUTATION_KIND is `semantic`, `generic` or nothing for both. MUTATION_ONLY takes files whose path contains it (one of
 * several, with commas), MUTATION_SHARD=1/2 every second of the mutants that are left, MUTATION_RESULTS writes those of
 * operators to another file, MUTATION_MINUTES ends it.
 */
const SEED = 1;
const kind = process.env.MUTATION_KIND ?? "";
if (!["", "semantic", "generic"].includes(kind)) throw new Error("MUTATION_KIND is semantic or generic.");
const [shard = 0, shards = 1] = (process.env.MUTATION_SHARD ?? "0/1").split("/").map(Number);
if (!Number.isInteger(shard) || !(shards > 0)) throw new Error("MUTATION_SHARD is a number of how many, such as 0/2.");
const deadline = Date.now() + Number(process.env.MUTATION_MINUTES ?? "100000") * 60_000;
const only = (process.env.MUTATION_ONLY ?? "").split(",");

function shuffled<T>(items: T[]): T[] {
  const chance = new Chance(SEED);
  const keyed = items.map((item) => ({ item, key: chance.between(0n, 1_000_000_000n) }));
  return keyed.sort((one, other) => (one.key < other.key ? -1 : 1)).map(({ item }) => item);
}

const isMine = ({ file }: { file: string }, i: number) =>
  only.some((part) => file.includes(part)) && i % shards === shard % shards;

async function trySemantic(): Promise<void> {
  const results = new Results<SlipFacts>("semantic.jsonl", keyOfSlip);
  const all = semanticMutants();
  const known = results.keepOnly(all.map(({ facts }) => facts));
  const left = all.filter(({ facts }, i) => isMine(facts, i) && !known.has(keyOfSlip(facts)));
  console.log(`${all.length} semantic mutants, ${left.length} to try`);
  for (const { facts, edit, first } of left) {
    if (Date.now() > deadline) return;
    const verdict = await judge(subjectOf(facts.file), edit, { first, behaviourOnly: true });
    results.add({ ...facts, ...verdict });
    if (verdict.fate !== "killed") console.log(`${verdict.fate}: ${facts.file}: ${facts.rule}`);
  }
}

async function tryGeneric(): Promise<void> {
  const results = new Results<GenericFacts>(process.env.MUTATION_RESULTS ?? "results.jsonl", keyOfGeneric);
  const all = shuffled(subjects.flatMap(({ file }) => mutantsOf(file)));
  const known = results.keepOnly(all.map(factsOf));
  const left = all.filter((mutant, i) => isMine(mutant, i) && !known.has(keyOfGeneric(factsOf(mutant))));
  console.log(`${all.length} mutants by operators, ${left.length} to try`);
  const model = await modelNotices(new Map());
  if (model !== undefined) throw new Error(`the contracts without a mistake are not right: ${model}`);
  for (const mutant of left) {
    if (Date.now() > deadline) return;
    const verdict = await judge(subjectOf(mutant.file), mutant, { line: mutant.line });
    results.add({ ...factsOf(mutant), ...verdict });
    const { file, line, from, to } = mutant;
    if (verdict.fate === "survived") console.log(`survived: ${file}:${line} ${from} -> ${to}`);
  }
}

if (kind !== "generic") await trySemantic();
if (kind !== "semantic") await tryGeneric();

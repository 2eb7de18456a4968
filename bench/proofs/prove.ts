import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import solc from "solc";
import { type Answer, openSolver } from "./solver.ts";
import { overBits, overIntegers } from "./words.ts";

/**
 * npm run prove
 *
 * Asks solc's SMTChecker what has to be true for each assertion in `*.sol` of this folder, and z3 whether it is. The
 * files import the real libraries. A function whose name begins with `canary` asserts something false, and must fail.
 * With a part of a file's name, only that file is tried, and no report is written. PROVE_VERBOSE says each answer.
 */
const PATIENCE = 120_000;
const folder = import.meta.dirname;
const root = path.join(folder, "../..");

interface Message {
  severity: string;
  formattedMessage: string;
  errorCode?: string;
  sourceLocation?: { file: string; start: number };
}

function check(file: string, contract: string, smtSolver: (query: string) => string): Message[] {
  const content = readFileSync(path.join(root, file), "utf8");
  const modelChecker = {
    engine: "bmc",
    solvers: ["smtlib2"],
    targets: ["assert"],
    showProvedSafe: true,
    showUnproved: true,
    contracts: { [file]: [contract] },
  };
  const settings = { modelChecker, outputSelection: { "*": { "*": ["abi"] } } };
  const input = { language: "Solidity", sources: { [file]: { content } }, settings };
  const read = (name: string) => {
    const found = path.join(root, name);
    return existsSync(found) ? { contents: readFileSync(found, "utf8") } : { error: `no ${name}` };
  };
  const callbacks = { import: read, smtSolver: (query: string) => ({ contents: smtSolver(query) }) };
  const output = JSON.parse(solc.compile(JSON.stringify(input), callbacks)) as { errors?: Message[] };
  const messages = output.errors ?? [];
  const error = messages.find(({ severity }) => severity === "error");
  if (error !== undefined) throw new Error(error.formattedMessage);
  return messages;
}

const PROVED = "2961";

interface Assertion {
  contract: string;
  name: string;
  line: number;
  start: number;
  isCanary: boolean;
}

function assertionsOf(file: string): Assertion[] {
  const content = readFileSync(path.join(root, file), "utf8");
  return [...content.matchAll(/assert\(/g)].map(({ index }) => {
    const before = content.slice(0, index);
    const contract = [...before.matchAll(/^contract (\w+)/gm)].at(-1)?.[1] ?? "";
    const name = [...before.matchAll(/function (\w+)\(/g)].at(-1)?.[1] ?? "";
    const line = before.split("\n").length;
    return { contract, name, line, start: index, isCanary: name.startsWith("canary") };
  });
}

const solve = await openSolver();

/** Over whole numbers first where that is quick, then over bits. */
async function answer(query: string): Promise<Answer> {
  const quick = await solve(overIntegers(query), 2_000);
  if (quick !== "unknown") return quick;
  const bits = await solve(overBits(query), PATIENCE);
  return bits === "unknown" ? solve(overIntegers(query), PATIENCE) : bits;
}

/** Where the assertions are that hold. */
async function provedIn(file: string, contract: string): Promise<number[]> {
  const queries: string[] = [];
  check(file, contract, (query) => {
    queries.push(query);
    return "unknown\n";
  });
  const proved: number[] = [];
  for (const [i, query] of queries.entries()) {
    const begun = Date.now();
    const truth = await answer(query);
    if (process.env.PROVE_VERBOSE) console.error(`${contract}: ${truth} in ${Date.now() - begun} ms`);
    if (truth === "unsat") proved.push(placeOf(file, contract, queries.length, i));
  }
  return proved;
}

/**
 * Which assertion a query was about, as the checker says when that one alone is answered. It asks in the order of the
 * source, one query an assertion; only the order of declarations within a query differs from run to run.
 */
function placeOf(file: string, contract: string, queries: number, index: number): number {
  let count = 0;
  const messages = check(file, contract, () => (count++ === index ? "unsat\n" : "unknown\n"));
  const places = messages.filter(({ errorCode }) => errorCode === PROVED).map(({ sourceLocation }) => sourceLocation);
  const [place] = places;
  if (count !== queries || places.length !== 1 || place === undefined) throw new Error("which assertion was that?");
  return place.start;
}

const rows: string[] = [];
let failures = 0;
for (const name of readdirSync(folder).filter(
  (entry) => entry.endsWith(".sol") && entry.includes(process.argv[2] ?? ""),
)) {
  const file = path.posix.join("bench/proofs", name);
  const proved = new Set<number>();
  const assertions = assertionsOf(file);
  for (const contract of new Set(assertions.map((assertion) => assertion.contract))) {
    for (const start of await provedIn(file, contract)) proved.add(start);
  }
  for (const { contract, name: subject, line, start, isCanary } of assertions) {
    const isProved = proved.has(start);
    const isRight = isProved !== isCanary;
    if (!isRight) failures += 1;
    const verdict = isCanary
      ? isProved
        ? "**PROVED, though false**"
        : "refused, as it must be"
      : isProved
        ? "proved"
        : "**not proved**";
    rows.push(`| ${name}:${line} | ${contract} | ${subject} | ${verdict} |`);
    console.log(`${isRight ? "ok " : "NOT"} ${name}:${line} ${contract}.${subject} ${verdict}`);
  }
}
const introduction = readFileSync(path.join(folder, "introduction.md"), "utf8").trimEnd();
const table = ["| Where | Contract | Function | Result |", "| --- | --- | --- | --- |", ...rows].join("\n");
if (process.argv[2] === undefined) writeFileSync(path.join(folder, "report.md"), `${introduction}\n\n${table}\n`);
process.exit(failures === 0 ? 0 : 1);

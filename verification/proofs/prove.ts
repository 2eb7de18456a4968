import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import solc from "solc";
import { type Answer, openSolver } from "./solver.ts";
import { overBits, overIntegers } from "./words.ts";

/**
 * npm run prove
 *
 * Asks solc's SMTChecker what has to be true for each assertion in `*.sol` of this folder, and z3 whether it is. The
 * files import the real libraries. A function whose name begins with `canary` asserts something false, and z3 must find
 * values that show it. So must it for each other assertion with `false` in its place, or nothing would reach it.
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

interface Subject {
  file: string;
  content: string;
  contract: string;
}

function check({ file, content, contract }: Subject, smtSolver: (query: string) => string): Message[] {
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

function assertionsOf(content: string): Assertion[] {
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

/** What z3 says of each assertion, by where it begins; nothing where it does not know. */
async function answersOf(subject: Subject): Promise<Map<number, Answer>> {
  const queries: string[] = [];
  check(subject, (query) => {
    queries.push(query);
    return "unknown\n";
  });
  const answers = new Map<number, Answer>();
  for (const [i, query] of queries.entries()) {
    const begun = Date.now();
    const truth = await answer(query);
    if (process.env.PROVE_VERBOSE) console.error(`${subject.contract}: ${truth} in ${Date.now() - begun} ms`);
    if (truth !== "unknown") answers.set(placeOf(subject, queries.length, i), truth);
  }
  return answers;
}

/**
 * Which assertion a query was about, as the checker says when that one alone is answered. It asks in the order of the
 * source, one query an assertion; only the order of declarations within a query differs from run to run.
 */
function placeOf(subject: Subject, queries: number, index: number): number {
  let count = 0;
  const messages = check(subject, () => (count++ === index ? "unsat\n" : "unknown\n"));
  const places = messages.filter(({ errorCode }) => errorCode === PROVED).map(({ sourceLocation }) => sourceLocation);
  const [place] = places;
  if (count !== queries || places.length !== 1 || place === undefined) throw new Error("which assertion was that?");
  return place.start;
}

/** What z3 says of each assertion of a file, in the order of the source. */
async function answersIn(file: string, content: string): Promise<Answer[]> {
  const assertions = assertionsOf(content);
  const answers = new Map<number, Answer>();
  for (const contract of new Set(assertions.map((assertion) => assertion.contract))) {
    for (const [start, truth] of await answersOf({ file, content, contract })) answers.set(start, truth);
  }
  return assertions.map(({ start }) => answers.get(start) ?? "unknown");
}

/** The verdict, in bold where it is not as it has to be. */
function verdictOf(isCanary: boolean, truth: Answer, withFalse: Answer): string {
  if (withFalse !== "sat") return `**${withFalse === "unsat" ? "never reached" : "not known to be reached"}**`;
  if (isCanary)
    return { sat: "refused, as it must be", unsat: "**PROVED, though false**", unknown: "**not refused**" }[truth];
  return { sat: "**FALSE**", unsat: "proved", unknown: "**not proved**" }[truth];
}

const all = readdirSync(folder).filter((entry) => entry.endsWith(".sol"));
const part = process.argv[2] ?? "";
const wanted = all.filter((entry) => entry.includes(part));
if (wanted.length === 0) throw new Error(`No file has "${part}" in its name; there are ${all.join(", ")}.`);
const rows: string[] = [];
let failures = 0;
for (const name of wanted) {
  const file = path.posix.join("verification/proofs", name);
  const content = readFileSync(path.join(root, file), "utf8");
  const answers = await answersIn(file, content);
  const answersWithFalse = await answersIn(file, content.replace(/assert\(.*\);/g, "assert(false);"));
  for (const [i, { contract, name: subject, line, isCanary }] of assertionsOf(content).entries()) {
    const verdict = verdictOf(isCanary, answers[i] ?? "unknown", answersWithFalse[i] ?? "unknown");
    if (verdict.startsWith("**")) failures += 1;
    rows.push(`| ${name}:${line} | ${contract} | ${subject} | ${verdict} |`);
    console.log(`${verdict.startsWith("**") ? "NOT" : "ok "} ${name}:${line} ${contract}.${subject} ${verdict}`);
  }
}
const introduction = readFileSync(path.join(folder, "introduction.md"), "utf8").trimEnd();
const table = ["| Where | Contract | Function | Result |", "| --- | --- | --- | --- |", ...rows].join("\n");
if (part === "") writeFileSync(path.join(folder, "report.md"), `${introduction}\n\n${table}\n`);
process.exit(failures === 0 ? 0 : 1);

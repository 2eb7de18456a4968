import hre from "hardhat";
import { type Bytecode, compile, compileQuickly, type Edit, isValid, type Target } from "./compiler.ts";
import { modelNotices } from "./model.ts";
import { Neighbours } from "./neighbours.ts";
import { type Failure, Suites, testFilesOf } from "./suites.ts";
import type { Subject } from "./targets.ts";
import { UnitTests } from "./unitTests.ts";

/** What became of a mutant: `same` has the bytecode of the original, `invalid` does not compile. */
export interface Verdict {
  fate: "killed" | "survived" | "same" | "invalid";
  /** What noticed it. */
  by?: string;
}

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

const suites = new Suites();
const unitTests = new UnitTests();
const tolerant = new Map<string, boolean>();
const neighbours = new Neighbours();

const wordsOf = ({ title, message }: Failure): string => `test: ${`${title}: ${message}`.slice(0, 300)}`;

/**
 * Whether a file passes without a mistake, or one test of it by itself: it notices every mistake otherwise. Such files
 * measure gas or size, and code compiled in haste is big and slow; or they ask for a chain that takes no such code.
 */
async function isUsable(file: string, subject: Subject, compiler: Compiler, title?: string): Promise<boolean> {
  const key = [file, title, subject.targets.map(({ name }) => name).join(), compiler.name].join();
  const known = tolerant.get(key);
  if (known !== undefined) return known;
  const codes = original(subject, compiler);
  const complaint =
    title === undefined ? await suites.notice(codes, file) : await suites.noticeBy(codes, { file, title });
  if (complaint !== undefined) console.log(`takes no part: ${key}: ${wordsOf(complaint)}`);
  tolerant.set(key, complaint === undefined);
  return complaint === undefined;
}

/**
 * The first test that fails. Files that are named as the ones that state the rule come first, then the tests that
 * noticed what was wrong nearby, then all files: those of such tests, then those that noticed most in a second.
 */
async function suitesNotice(
  subject: Subject,
  compiler: Compiler,
  codes: Codes,
  { first = [], line }: Options,
): Promise<string | undefined> {
  const learn = (failure: Failure): string => {
    if (line !== undefined) neighbours.learn({ file: subject.file, line }, failure);
    return wordsOf(failure);
  };
  for (const test of line === undefined ? [] : neighbours.of({ file: subject.file, line })) {
    const failure = await suites.noticeBy(codes, test);
    if (failure !== undefined && (await isUsable(test.file, subject, compiler, test.title))) return learn(failure);
  }
  const near = line === undefined ? [] : neighbours.filesOf({ file: subject.file, line });
  for (const file of new Set([...first, ...near, ...suites.fastestFirst(testFilesOf(subject.tests))])) {
    const failure = await suites.notice(codes, file);
    if (failure !== undefined && (await isUsable(file, subject, compiler))) return learn(failure);
  }
  return undefined;
}

/** As `suitesNotice`, by the files that take no part in haste: the real settings add gas and size, and no behaviour. */
async function restNotices(subject: Subject, codes: Codes): Promise<string | undefined> {
  for (const file of testFilesOf(subject.tests)) {
    if (await isUsable(file, subject, compileQuickly)) continue;
    if (!(await isUsable(file, subject, compileExactly))) continue;
    const failure = await suites.notice(codes, file);
    if (failure !== undefined) return wordsOf(failure);
  }
  return undefined;
}

export interface Options {
  /** Test files to begin with. */
  first?: string[];
  /** Where the mistake is, for tests that noticed what was wrong nearby. */
  line?: number;
  /** Whether only the Mocha suites count, and neither unit tests nor the model. */
  behaviourOnly?: boolean;
}

export async function judge(subject: Subject, edit: Edit, options: Options = {}): Promise<Verdict> {
  const { behaviourOnly = false } = options;
  const quick = compileAll(subject.targets, compileQuickly, edit);
  if (quick === undefined && !isValid(subject.targets, edit)) return { fate: "invalid" };
  if (quick !== undefined) {
    if (isSame(quick, original(subject, compileQuickly))) return { fate: "same" };
    const by = await suitesNotice(subject, compileQuickly, quick, options);
    if (by !== undefined) return { fate: "killed", by };
    if (behaviourOnly) return { fate: "survived" };
  }
  const exact = compileAll(subject.targets, compileExactly, edit);
  if (exact === undefined) return { fate: "invalid" };
  if (isSame(exact, original(subject, compileExactly))) return { fate: "same" };
  const by =
    quick === undefined
      ? await suitesNotice(subject, compileExactly, exact, options)
      : ((await restNotices(subject, exact)) ??
        (subject.unitTest ? unitTests.notice(edit, subject.unitTest) : undefined) ??
        (subject.isBeyondModel ? undefined : await modelNotices(quick)));
  return by === undefined ? { fate: "survived" } : { fate: "killed", by };
}

import hre from "hardhat";
import { type Bytecode, compile, compileQuickly, type Edit, isValid, type Target } from "./compiler.ts";
import { modelNotices } from "./model.ts";
import { Suites, testFilesOf } from "./suites.ts";
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

/**
 * Whether a file passes without a mistake: it would notice every one otherwise. Such files measure gas or size, and code
 * compiled in haste is big and slow; or they ask for a chain that takes no such code.
 */
async function isUsable(file: string, subject: Subject, compiler: Compiler): Promise<boolean> {
  const key = `${file}, ${subject.targets.map(({ name }) => name).join()}, ${compiler.name}`;
  const known = tolerant.get(key);
  if (known !== undefined) return known;
  const complaint = await suites.notice(original(subject, compiler), [file]);
  if (complaint !== undefined) console.log(`takes no part: ${key}: ${complaint}`);
  tolerant.set(key, complaint === undefined);
  return complaint === undefined;
}

/** The first test that fails; files that are named as the ones that state the rule come first. */
async function suitesNotice(subject: Subject, compiler: Compiler, codes: Codes, first: string[]) {
  const files = suites.fastestFirst(testFilesOf(subject.tests).filter((file) => !first.includes(file)));
  for (const file of [...first, ...files]) {
    if (!(await isUsable(file, subject, compiler))) continue;
    const by = await suites.notice(codes, [file]);
    if (by !== undefined) return by;
  }
  return undefined;
}

export interface Options {
  /** Test files to begin with. */
  first?: string[];
  /** Whether only the Mocha suites count, and neither unit tests nor the model. */
  behaviourOnly?: boolean;
}

export async function judge(subject: Subject, edit: Edit, options: Options = {}): Promise<Verdict> {
  const { first = [], behaviourOnly = false } = options;
  if (!isValid(subject.targets, edit)) return { fate: "invalid" };
  const quick = compileAll(subject.targets, compileQuickly, edit);
  if (quick !== undefined) {
    if (isSame(quick, original(subject, compileQuickly))) return { fate: "same" };
    const by =
      (await suitesNotice(subject, compileQuickly, quick, first)) ??
      (!behaviourOnly && subject.unitTest ? unitTests.notice(edit, subject.unitTest) : undefined) ??
      (behaviourOnly || subject.isBeyondModel ? undefined : await modelNotices(quick));
    if (by !== undefined) return { fate: "killed", by };
    // The real settings add gas and size, and no behaviour.
    if (behaviourOnly) return { fate: "survived" };
  }
  const exact = compileAll(subject.targets, compileExactly, edit);
  if (exact === undefined) return { fate: "invalid" };
  if (isSame(exact, original(subject, compileExactly))) return { fate: "same" };
  const by = await suitesNotice(subject, compileExactly, exact, first);
  return by === undefined ? { fate: "survived" } : { fate: "killed", by };
}

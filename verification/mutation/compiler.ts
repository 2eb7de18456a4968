import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import solc from "solc";

export const ROOT = path.join(import.meta.dirname, "../..");

export interface Node {
  nodeType: string;
  /** Start and length in bytes, and the number of the file. */
  src: string;
  [field: string]: unknown;
}

export interface Bytecode {
  creation: string;
  runtime: string;
}

interface Output {
  errors?: { severity: string }[];
  sources?: Record<string, { ast: Node }>;
  contracts?: Record<
    string,
    Record<string, { evm: { bytecode: { object: string }; deployedBytecode: { object: string } } }>
  >;
}

/** A contract, by its file. */
export interface Target {
  file: string;
  name: string;
}

type Settings = Record<string, unknown>;

/**
 * Fast to compile, and too big for a real chain: enough to see whether a mutant behaves. The second takes six times as
 * long, and is for what the first has too small a stack for.
 */
const QUICK: Settings[] = [
  { viaIR: false, optimizer: { enabled: false } },
  {
    viaIR: true,
    optimizer: { enabled: false, details: { yul: true, yulDetails: { stackAllocation: true, optimizerSteps: ":" } } },
  },
].map((settings) => ({ ...settings, evmVersion: "cancun", metadata: { bytecodeHash: "none" } }));

function run(sources: Record<string, { content: string }>, settings: unknown): Output {
  const read = (file: string) => {
    const found = [file, path.join("node_modules", file)].map((name) => path.join(ROOT, name)).find(existsSync);
    return found === undefined ? { error: `no ${file}` } : { contents: readFileSync(found, "utf8") };
  };
  return JSON.parse(
    solc.compile(JSON.stringify({ language: "Solidity", sources, settings }), { import: read }),
  ) as Output;
}

const sourceOf = (file: string) => ({ content: readFileSync(path.join(ROOT, file), "utf8") });

/** The syntax trees of these files, and of all that they import, by file. */
export function parseAll(files: readonly string[]): Map<string, Node> {
  const sources = Object.fromEntries(files.map((file) => [file, sourceOf(file)]));
  const output = run(sources, { outputSelection: { "*": { "": ["ast"] } } });
  const trees = new Map(Object.entries(output.sources ?? {}).map(([file, { ast }]) => [file, ast]));
  const missing = files.find((file) => trees.get(file) === undefined);
  if (missing !== undefined) throw new Error(`${missing} does not compile`);
  return trees;
}

export const parse = (file: string): Node => parseAll([file]).get(file) as Node;

/** A file that reads otherwise than it does on the disk. */
export interface Edit {
  file: string;
  content: string;
}

function sourcesWith(targets: Target[], edit: Edit | undefined) {
  const sources = Object.fromEntries(targets.map(({ file }) => [file, sourceOf(file)]));
  return edit === undefined ? sources : { ...sources, [edit.file]: { content: edit.content } };
}

/** Whether the contracts are Solidity at all. */
export function isValid(targets: Target[], edit: Edit): boolean {
  const outputSelection = Object.fromEntries(targets.map(({ file, name }) => [file, { [name]: ["abi"] }]));
  const { errors = [] } = run(sourcesWith(targets, edit), { ...QUICK[0], outputSelection });
  return errors.every(({ severity }) => severity !== "error");
}

/** The contract as it becomes with the edit; nothing where that does not compile. */
export function compile({ file, name }: Target, settings: Settings, edit?: Edit): Bytecode | undefined {
  const outputSelection = { [file]: { [name]: ["evm.bytecode.object", "evm.deployedBytecode.object"] } };
  const output = run(sourcesWith([{ file, name }], edit), { ...settings, outputSelection });
  const evm = output.contracts?.[file]?.[name]?.evm;
  if (evm === undefined || evm.bytecode.object === "") return undefined;
  return { creation: `0x${evm.bytecode.object}`, runtime: `0x${evm.deployedBytecode.object}` };
}

const quickest = new Map<string, Settings | undefined>();

/** As `compile`, in haste. */
export function compileQuickly(target: Target, edit?: Edit): Bytecode | undefined {
  if (!quickest.has(target.name)) {
    quickest.set(
      target.name,
      QUICK.find((settings) => compile(target, settings) !== undefined),
    );
  }
  const settings = quickest.get(target.name);
  return settings && compile(target, settings, edit);
}

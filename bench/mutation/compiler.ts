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

/** Fast to compile, and too big for a real chain: enough to see whether a mutant behaves. */
export const QUICK = {
  evmVersion: "cancun",
  viaIR: true,
  optimizer: { enabled: false, details: { yul: true, yulDetails: { stackAllocation: true, optimizerSteps: ":" } } },
  metadata: { bytecodeHash: "none" },
};

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

export function parse(file: string): Node {
  const output = run({ [file]: sourceOf(file) }, { outputSelection: { "*": { "": ["ast"] } } });
  const ast = output.sources?.[file]?.ast;
  if (ast === undefined) throw new Error(`${file} does not compile`);
  return ast;
}

/** The contracts as they become when `file` reads like this; nothing where that does not compile. */
export function compile(
  targets: Target[],
  settings: Record<string, unknown>,
  file?: string,
  content?: string,
): Map<string, Bytecode> | undefined {
  const sources = Object.fromEntries(targets.map((target) => [target.file, sourceOf(target.file)]));
  if (file !== undefined && content !== undefined) sources[file] = { content };
  const wanted = ["evm.bytecode.object", "evm.deployedBytecode.object"];
  const outputSelection = Object.fromEntries(targets.map((target) => [target.file, { [target.name]: wanted }]));
  const output = run(sources, { ...settings, outputSelection });
  const codes = new Map<string, Bytecode>();
  for (const target of targets) {
    const evm = output.contracts?.[target.file]?.[target.name]?.evm;
    if (evm === undefined || evm.bytecode.object === "") return undefined;
    codes.set(target.name, { creation: `0x${evm.bytecode.object}`, runtime: `0x${evm.deployedBytecode.object}` });
  }
  return codes;
}

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { Hex } from "viem";

const root = path.join(import.meta.dirname, "../../..");
const require = createRequire(import.meta.url);

type Output = {
  errors?: { formattedMessage: string }[];
  contracts?: Record<string, Record<string, { evm: { bytecode: { object: string } } }>>;
};
type Solc = { compile: (input: string, options: { import: (file: string) => { contents: string } }) => string };

/** Compiles the only contract in a text, as a project does that has installed `@tenure/contracts`. */
export function compile(source: string): Hex {
  const solc = require("solc") as Solc;
  const input = {
    language: "Solidity",
    sources: { "Guide.sol": { content: source } },
    settings: {
      evmVersion: "cancun",
      optimizer: { enabled: true },
      outputSelection: { "Guide.sol": { "*": ["evm.bytecode.object"] } },
    },
  };
  const find = (file: string) => ({ contents: readFileSync(path.join(root, "node_modules", file), "utf8") });
  const output = JSON.parse(solc.compile(JSON.stringify(input), { import: find })) as Output;
  // A warning is an error: nobody should copy one.
  const [error] = output.errors ?? [];
  if (error !== undefined) throw new Error(error.formattedMessage);
  const [contract, ...others] = Object.values(output.contracts?.["Guide.sol"] ?? {});
  if (!contract?.evm.bytecode.object || others.length > 0) throw new Error("There is not one contract in it.");
  return `0x${contract.evm.bytecode.object}`;
}

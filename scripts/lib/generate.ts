// What sdk/src holds of the compiled contracts, as text. scripts/generate.ts writes it; a test compares.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { getAddress, type Hex, keccak256 } from "viem";
import { isLocalChain } from "../../sdk/src/deployments/isLocalChain.ts";
import { productionParameters, shortParameters } from "../../sdk/src/deployments/parameters.ts";
import { planDeployment } from "../../sdk/src/deployments/plan.ts";
import type { RegistryName, Artifact as SdkArtifact } from "../../sdk/src/types/deployment.ts";

/** What the compiler made of one contract. */
export interface Artifact {
  contractName: string;
  abi: readonly { type: string; name?: string }[];
  bytecode: Hex;
  deployedBytecode: Hex;
  immutableReferences?: Record<string, readonly { start: number; length: number }[]>;
}

const root = path.join(import.meta.dirname, "../..");
export const header = "// Generated from the compiled contracts by `npm run generate`; do not edit.\n";

/** What is generated of: the contracts of a deployment, in its order, and what else the SDK calls. */
const sources = [
  "periphery/RegistrationRenderer",
  "IdentityRegistry",
  "VouchRegistry",
  "RegistryLens",
  "AgentLinks",
  "DelegationRegistry",
  "TrustGate",
  "interfaces/IUnorderedNonces",
];

/** Every generated file: its path from the root of the project, and its text. */
export async function generatedFiles(): Promise<Map<string, string>> {
  const artifacts = await Promise.all(sources.map(readArtifact));
  const files = new Map<string, string>();
  for (const artifact of artifacts) {
    files.set(`sdk/src/abi/${fileName(artifact)}.ts`, abiFile(artifact));
    if (artifact.bytecode !== "0x") files.set(`sdk/src/bytecode/${fileName(artifact)}.ts`, bytecodeFile(artifact));
  }
  files.set("sdk/src/abi/errors.ts", errorsFile(artifacts));
  files.set("sdk/src/deployments/generated.ts", await addressFile(artifacts));
  return files;
}

export async function readArtifact(source: string): Promise<Artifact> {
  const file = `artifacts/contracts/${source}.sol/${path.basename(source)}.json`;
  return JSON.parse(await readFile(path.join(root, file), "utf8"));
}

/** An interface is known by what it describes, without its `I`. */
export function fileName({ contractName }: Artifact): string {
  const name = contractName.replace(/^I(?=[A-Z])/, "");
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** One line an entry, so that a diff shows what changed. Solidity's own names of types are for nobody here to read. */
export function abiFile(artifact: Artifact): string {
  const entries = artifact.abi.map(abiEntry).join("");
  return `${header}\n/** ABI of \`${artifact.contractName}\`. */\nexport const ${fileName(artifact)}Abi = [\n${entries}] as const;\n`;
}

/** The errors apart: every program has to read them, and few need the rest of the ABIs. */
function errorsFile(artifacts: readonly Artifact[]): string {
  const errors = artifacts.flatMap(({ abi }) => abi.filter(({ type }) => type === "error"));
  const entries = [...new Set(errors.map(abiEntry))].join("");
  return `${header}\n/** Errors of all contracts, each once. */\nexport const contractErrorsAbi = [\n${entries}] as const;\n`;
}

export function abiEntry(entry: object): string {
  return `  ${JSON.stringify(entry, (key, value) => (key === "internalType" ? undefined : value))},\n`;
}

function bytecodeFile(artifact: Artifact): string {
  const { contractName, bytecode } = artifact;
  const { runtime, immutables } = sdkArtifact(artifact);
  return `${header}import type { Artifact } from "../types/deployment.ts";

/** Creation code of \`${contractName}\`, without constructor arguments. */
export const ${fileName(artifact)}Bytecode =
  "${bytecode}";

/** \`${contractName}\` as a deployment needs it. \`immutables\` are the bytes that a constructor fills in. */
export const ${fileName(artifact)}Artifact: Artifact = {
  bytecode: ${fileName(artifact)}Bytecode,
  runtime:
    "${runtime}",
  immutables: ${JSON.stringify(immutables)},
};
`;
}

export function sdkArtifact({ bytecode, deployedBytecode, immutableReferences = {} }: Artifact): SdkArtifact {
  const immutables = Object.values(immutableReferences)
    .flat()
    .map(({ start, length }): readonly [number, number] => [start, length])
    .sort((a, b) => a[0] - b[0]);
  return { bytecode, runtime: deployedBytecode, immutables };
}

/** The addresses that follow from the code, and those that `scripts/deploy.ts` recorded for public chains. */
async function addressFile(artifacts: readonly Artifact[]): Promise<string> {
  const compiled = Object.fromEntries(
    artifacts.map((artifact) => [fileName(artifact), sdkArtifact(artifact)]),
  ) as Record<RegistryName, SdkArtifact>;
  const addressesOf = (parameters: typeof productionParameters) => {
    const plan = planDeployment(parameters, compiled);
    return literal(plan.map(({ contract, address }): [string, string] => [contract, address]));
  };
  const book = (await recordedDeployments()).map(
    ([chainId, entries]) => `\n  ${chainId}: ${literal(entries).replaceAll("\n", "\n  ")},`,
  );
  return `${header}import type { Hex } from "viem";
import type { RegistryAddresses } from "../types/deployment.ts";

/** Where the registries are on every public chain: the deterministic deployment with \`productionParameters\`. */
export const productionAddresses: RegistryAddresses = ${addressesOf(productionParameters)};

/** Where the registries are on a test network: the deterministic deployment with \`shortParameters\`. */
export const shortAddresses: RegistryAddresses = ${addressesOf(shortParameters)};

/**
 * The hash of the code of \`DelegationRegistry\` on every chain: nothing is filled in when it is deployed. Whoever checks
 * grants compares it (ERC-8395, section 5).
 */
export const delegationRegistryCodeHash: Hex = "${keccak256(compiled.delegationRegistry.runtime)}";

/** Deployments that were recorded, by chain id. */
export const recordedAddresses: Readonly<Record<number, RegistryAddresses>> = {${book.join("")}${book.length > 0 ? "\n" : ""}};
`;
}

function literal(entries: readonly [string, string][]): string {
  return `{\n${entries.map(([name, address]) => `  ${name}: "${getAddress(address)}",\n`).join("")}}`;
}

export async function recordedDeployments(): Promise<[string, [string, string][]][]> {
  const folder = path.join(root, "deployments");
  const files = await readdir(folder).catch(() => []);
  // What is deployed on a local chain is in the book already, or its developer's own business.
  const recorded = files.filter((file) => /^\d+\.json$/.test(file) && !isLocalChain(Number.parseInt(file, 10)));
  recorded.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
  return Promise.all(
    recorded.map(async (file): Promise<[string, [string, string][]]> => {
      const { addresses } = JSON.parse(await readFile(path.join(folder, file), "utf8"));
      return [path.basename(file, ".json"), Object.entries<string>(addresses)];
    }),
  );
}

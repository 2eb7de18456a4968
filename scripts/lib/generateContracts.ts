// What the package @tenure/contracts holds of the compiled contracts, as text. scripts/generate.ts writes it; a test
// compares.
import { keccak256 } from "viem";
import { deploymentSalt, deterministicDeployer, deterministicDeployerCode } from "../../sdk/src/deployments/create2.ts";
import { productionParameters, shortParameters } from "../../sdk/src/deployments/parameters.ts";
import { planDeployment } from "../../sdk/src/deployments/plan.ts";
import type { DeploymentParameters, RegistryName, Artifact as SdkArtifact } from "../../sdk/src/types/deployment.ts";
import {
  type Artifact,
  abiEntry,
  abiFile,
  fileName,
  header,
  readArtifact,
  recordedDeployments,
  sdkArtifact,
} from "./generate.ts";

/** The contracts of a deployment, in its order. */
const deployed = [
  "periphery/RegistrationRenderer",
  "IdentityRegistry",
  "VouchRegistry",
  "RegistryLens",
  "AgentLinks",
  "DelegationRegistry",
];

/** Every generated file: its path from the root of the project, and its text. */
export async function generatedContractsFiles(): Promise<Map<string, string>> {
  const artifacts = await Promise.all(deployed.map(readArtifact));
  const files = new Map<string, string>();
  for (const artifact of [...artifacts, await readArtifact("TrustGate")]) {
    files.set(`contracts/abi/${artifact.contractName}.json`, abiJson(artifact));
    files.set(`contracts/ts/generated/abi/${fileName(artifact)}.ts`, abiFile(artifact));
  }
  for (const { contractName, bytecode } of artifacts) {
    files.set(`contracts/bytecode/${contractName}.json`, json({ contractName, bytecode }));
  }
  files.set("contracts/testing/InitCode.sol", initCodeLibrary(artifacts));
  const deployments = await deploymentsOf(artifacts);
  files.set("contracts/deployments.json", json(deployments));
  files.set("contracts/ts/generated/deployments.ts", deploymentsModule(deployments));
  return files;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** The entries of the TypeScript file, and nothing around them. */
function abiJson({ abi }: Artifact): string {
  return `[\n${abi.map(abiEntry).join("").replace(/,\n$/, "\n")}]\n`;
}

async function deploymentsOf(artifacts: readonly Artifact[]): Promise<object> {
  const compiled = Object.fromEntries(
    artifacts.map((artifact) => [fileName(artifact), sdkArtifact(artifact)]),
  ) as Record<RegistryName, SdkArtifact>;
  const deploymentWith = (parameters: DeploymentParameters) => ({
    parameters,
    contracts: Object.fromEntries(
      planDeployment(parameters, compiled).map(({ contract, address, initCode, artifact }, index) => [
        contract,
        {
          contractName: artifacts[index]?.contractName,
          address,
          initCodeHash: keccak256(initCode),
          constructorArguments: `0x${initCode.slice(artifact.bytecode.length)}`,
        },
      ]),
    ),
  });
  const chains = (await recordedDeployments()).map(([chainId, entries]) => [chainId, Object.fromEntries(entries)]);
  return {
    deployer: { address: deterministicDeployer, code: deterministicDeployerCode },
    salt: deploymentSalt,
    production: deploymentWith(productionParameters),
    short: deploymentWith(shortParameters),
    chains: Object.fromEntries(chains),
  };
}

function deploymentsModule(deployments: object): string {
  return `${header}
/**
 * The deterministic deployment: the proxy, the salt, and for each set of parameters where the contracts are, the hash of
 * their creation code with constructor arguments, and those arguments. \`chains\` are the deployments that were recorded.
 */
export const deployments = ${JSON.stringify(deployments, null, 2)} as const;
`;
}

/** In Solidity, because a test of others could read no file of this package without being allowed to. */
function initCodeLibrary(artifacts: readonly Artifact[]): string {
  const constants = artifacts.map(
    ({ contractName, bytecode }) => `    /// @notice Of \`${contractName}\`.
    bytes internal constant ${constantName(contractName)} =
        hex"${bytecode.slice(2)}";
`,
  );
  return `// SPDX-License-Identifier: MIT
${header}pragma solidity ^0.8.28;

/// @title Creation code of the contracts, without constructor arguments
/// @notice What the addresses of the deterministic deployment follow from.
library InitCode {
${constants.join("\n")}}
`;
}

function constantName(contractName: string): string {
  return contractName.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();
}

import { type Address, concatHex, encodeAbiParameters, type Hex, parseAbiParameters } from "viem";
import type { Artifact, DeploymentParameters, RegistryName } from "../types/deployment.ts";
import { getDeterministicAddress } from "./create2.ts";

/** One contract of a deployment: where it goes and what is to be there. */
export type PlannedContract = {
  /** Which one. */
  contract: RegistryName;
  /** Where it goes. */
  address: Address;
  /** Creation code with constructor arguments. */
  initCode: Hex;
  /** The compiled contract. */
  artifact: Artifact;
};

/**
 * Works out the deterministic deployment of the registries. Pure: no request is made.
 *
 * @param parameters - The constructor arguments.
 * @param artifacts - The compiled contracts: `registryArtifacts` of `@tenure/sdk/bytecode`.
 * @returns The contracts, in the order in which they have to be deployed.
 *
 * @example
 * import { registryArtifacts } from "@tenure/sdk/bytecode";
 *
 * const [, identityRegistry] = planDeployment(productionParameters, registryArtifacts);
 * identityRegistry.address === productionAddresses.identityRegistry; // true
 */
export function planDeployment(
  parameters: DeploymentParameters,
  artifacts: Readonly<Record<RegistryName, Artifact>>,
): readonly [
  registrationRenderer: PlannedContract,
  identityRegistry: PlannedContract,
  vouchRegistry: PlannedContract,
  registryLens: PlannedContract,
  agentLinks: PlannedContract,
  delegationRegistry: PlannedContract,
] {
  const { maxSilence, recoveryDelay, origin, unit, period, cap } = parameters;
  const registrationRenderer = plan("registrationRenderer", artifacts, "0x");
  const identityRegistry = plan(
    "identityRegistry",
    artifacts,
    encodeAbiParameters(parseAbiParameters("uint40, uint40, address"), [
      maxSilence,
      recoveryDelay,
      registrationRenderer.address,
    ]),
  );
  const vouchRegistry = plan(
    "vouchRegistry",
    artifacts,
    encodeAbiParameters(parseAbiParameters("address, uint40, uint40, uint40, uint32"), [
      identityRegistry.address,
      origin,
      unit,
      period,
      cap,
    ]),
  );
  const registryLens = plan(
    "registryLens",
    artifacts,
    encodeAbiParameters(parseAbiParameters("address"), [vouchRegistry.address]),
  );
  const agentLinks = plan(
    "agentLinks",
    artifacts,
    encodeAbiParameters(parseAbiParameters("address"), [identityRegistry.address]),
  );
  const delegationRegistry = plan("delegationRegistry", artifacts, "0x");
  return [registrationRenderer, identityRegistry, vouchRegistry, registryLens, agentLinks, delegationRegistry];
}

function plan(
  contract: RegistryName,
  artifacts: Readonly<Record<RegistryName, Artifact>>,
  constructorArguments: Hex,
): PlannedContract {
  const artifact = artifacts[contract];
  const initCode = concatHex([artifact.bytecode, constructorArguments]);
  return { contract, address: getDeterministicAddress(initCode), initCode, artifact };
}

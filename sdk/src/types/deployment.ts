import type { Address, Hex } from "viem";

/** The contracts of one deployment. */
export type RegistryName =
  | "registrationRenderer"
  | "identityRegistry"
  | "vouchRegistry"
  | "registryLens"
  | "agentLinks"
  | "delegationRegistry";

/**
 * Where the registries are on one chain. Without `registryLens`, profiles are read by sending the lens's code in the
 * call. Without `agentLinks`, nothing is known of links; without `delegationRegistry`, nothing of revoked grants.
 */
export type RegistryAddresses = {
  /** `IdentityRegistry`. */
  identityRegistry: Address;
  /** `VouchRegistry`. */
  vouchRegistry: Address;
  /** `RegistryLens`, where it is deployed. */
  registryLens?: Address | undefined;
  /** `RegistrationRenderer`, which the registry of identities asks; nobody else needs its address. */
  registrationRenderer?: Address | undefined;
  /** `AgentLinks`, where it is deployed. */
  agentLinks?: Address | undefined;
  /** `DelegationRegistry`, where it is deployed. It belongs to no registry of identities: one serves all of a chain. */
  delegationRegistry?: Address | undefined;
};

/** The constructor arguments of a deployment. All times in seconds. */
export type DeploymentParameters = {
  /** Seconds of silence that a check-in credits at most. */
  maxSilence: number;
  /** Seconds that recoveries and guarded changes wait. */
  recoveryDelay: number;
  /** When period 0 began (unix seconds); not in the future. */
  origin: number;
  /** Seconds of tenure for one point of standing. */
  unit: number;
  /** Seconds of a period. */
  period: number;
  /** The most points that tenure gives. */
  cap: number;
};

/** The parameters that have a name: of public chains, and of test networks, where every day is made a minute. */
export type ParameterSet = "production" | "short";

/**
 * A deployment as a file keeps it: `deployments/CHAIN.json`, and what `tenure deploy --out` writes. Nothing in it depends
 * on when it was written.
 */
export type DeploymentRecord = {
  /** The chain. */
  chainId: number;
  /** Where the registries are on it. */
  addresses: RegistryAddresses;
  /** What their constructors were given. */
  parameters: DeploymentParameters;
};

/** A compiled contract, as far as a deployment needs it. */
export type Artifact = {
  /** Creation code, without constructor arguments. */
  bytecode: Hex;
  /** Code on chain, with zeros where the constructor fills in immutable values. */
  runtime: Hex;
  /** Start and length, in bytes, of those places. */
  immutables: readonly (readonly [start: number, length: number])[];
};

import { type DeploymentParameters, productionParameters, shortParameters } from "@tenure/sdk";

/** Hardhat's and anvil's, and what other local chains use. */
const LOCAL_CHAIN_IDS = new Set([1_337, 31_337]);

/** Whether a chain is one that a developer started himself. */
export function isLocalChain(chainId: number): boolean {
  return LOCAL_CHAIN_IDS.has(chainId);
}

/** What the environment says about a deployment. */
export interface DeploymentEnvironment {
  /** `production` or `short`. */
  TENURE_PARAMETERS?: string | undefined;
  /** Unix seconds, for short units only. */
  TENURE_ORIGIN?: string | undefined;
}

/** The parameter set of a deployment: short units on local chains, production elsewhere, unless the environment says. */
export function chooseParameters(
  chainId: number,
  { TENURE_PARAMETERS, TENURE_ORIGIN }: DeploymentEnvironment,
): { name: string; parameters: DeploymentParameters } {
  const name = TENURE_PARAMETERS || (isLocalChain(chainId) ? "short" : "production");
  if (name !== "production" && name !== "short") {
    throw new TypeError(`TENURE_PARAMETERS is "${name}"; it can be "production" or "short".`);
  }
  if (!TENURE_ORIGIN) return { name, parameters: name === "production" ? productionParameters : shortParameters };
  if (name === "production") {
    throw new TypeError("TENURE_ORIGIN goes with short units only: in production it is the same on every chain.");
  }
  if (!/^\d{1,12}$/.test(TENURE_ORIGIN)) {
    throw new TypeError(`TENURE_ORIGIN is "${TENURE_ORIGIN}"; it is a time in unix seconds.`);
  }
  return { name, parameters: { ...shortParameters, origin: Number(TENURE_ORIGIN) } };
}

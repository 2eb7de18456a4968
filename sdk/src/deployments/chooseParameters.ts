import { InvalidParameterSetError, OriginFixedError } from "../errors/deployment.ts";
import type { DeploymentParameters, ParameterSet } from "../types/deployment.ts";
import { isLocalChain } from "./isLocalChain.ts";
import { productionParameters, shortParameters } from "./parameters.ts";

/** What is left to whoever deploys. */
export type ChooseParametersParameters = {
  /** Which set; short on local chains and production elsewhere, where left out. */
  set?: ParameterSet | undefined;
  /** With the short set: when period 0 began (unix seconds); 2026-01-01 where left out. Other addresses come of it. */
  origin?: number | undefined;
};

/** The parameters of a deployment, and what their set is called. */
export type ChooseParametersReturnType = { set: ParameterSet; parameters: DeploymentParameters };

/**
 * Chooses the parameters with which the registries are deployed on a chain.
 *
 * @param chainId - The chain.
 * @param parameters - {@link ChooseParametersParameters}
 * @returns The parameters, for `deployRegistries`.
 * @throws {InvalidParameterSetError} There is no such set.
 * @throws {OriginFixedError} An origin was given for production.
 *
 * @example
 * const { parameters } = chooseParameters(84_532, { set: "short" });
 * await deployRegistries(client, { parameters });
 */
export function chooseParameters(
  chainId: number,
  { set = isLocalChain(chainId) ? "short" : "production", origin }: ChooseParametersParameters = {},
): ChooseParametersReturnType {
  // An untyped caller, as an environment variable is.
  if (set !== "production" && set !== "short") throw new InvalidParameterSetError({ set });
  if (set === "short")
    return { set, parameters: origin === undefined ? shortParameters : { ...shortParameters, origin } };
  if (origin !== undefined) throw new OriginFixedError({ origin, fixed: productionParameters.origin });
  return { set, parameters: productionParameters };
}

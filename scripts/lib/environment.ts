import type { ChooseParametersParameters, ParameterSet } from "@tenure/sdk";

/** What the environment says about a deployment. */
export interface DeploymentEnvironment {
  /** `production` or `short`. */
  TENURE_PARAMETERS?: string | undefined;
  /** Unix seconds, for short units only. */
  TENURE_ORIGIN?: string | undefined;
}

/** What of a deployment's parameters the environment chooses, for `chooseParameters`; an empty variable is none. */
export function readEnvironment({
  TENURE_PARAMETERS,
  TENURE_ORIGIN,
}: DeploymentEnvironment): ChooseParametersParameters {
  const set = TENURE_PARAMETERS || undefined;
  if (set !== undefined && !isSet(set)) {
    throw new TypeError(`TENURE_PARAMETERS is "${set}"; it can be "production" or "short".`);
  }
  if (!TENURE_ORIGIN) return { set };
  if (!/^\d{1,12}$/.test(TENURE_ORIGIN)) {
    throw new TypeError(`TENURE_ORIGIN is "${TENURE_ORIGIN}"; it is a time in unix seconds.`);
  }
  return { set, origin: Number(TENURE_ORIGIN) };
}

function isSet(name: string): name is ParameterSet {
  return name === "production" || name === "short";
}

import { InvalidParameterError } from "./errors.ts";
import type { StakesThatCount, TrustParameters } from "./types.ts";

/** The model as it was measured. */
export const defaultTrustParameters: TrustParameters = {
  alpha: 0.3,
  lambda: 1,
  kappa: 1e-5,
  freshFloor: 0.25,
  freshAfter: 180 * 86_400,
  suspended: "warnings",
  retired: "warnings",
  rekeyed: "all",
};

type Check = (value: number) => boolean;

const ranges: Record<"alpha" | "lambda" | "kappa" | "freshFloor" | "freshAfter", [Check, string]> = {
  alpha: [(value) => value > 0 && value < 1, "a number above 0 and below 1"],
  lambda: [(value) => value >= 0 && value < Number.POSITIVE_INFINITY, "a number from 0"],
  kappa: [(value) => value > 0 && value <= 1, "a number above 0 and at most 1"],
  freshFloor: [(value) => value >= 0 && value <= 1, "a number from 0 to 1"],
  freshAfter: [(value) => value > 0 && value < Number.POSITIVE_INFINITY, "a number of seconds above 0"],
};

const choices: readonly StakesThatCount[] = ["all", "warnings", "none"];

/** The parameters with what was left out, if all of them can be. */
export function parametersOf(given: Partial<TrustParameters>): TrustParameters {
  const parameters = { ...defaultTrustParameters };
  for (const [parameter, value] of Object.entries(given)) {
    if (value !== undefined && parameter in parameters) Object.assign(parameters, { [parameter]: value });
  }
  for (const [parameter, [isRight, demanded]] of Object.entries(ranges)) {
    const value: unknown = parameters[parameter as keyof typeof ranges];
    if (typeof value !== "number" || !isRight(value)) throw new InvalidParameterError({ parameter, value, demanded });
  }
  for (const parameter of ["suspended", "retired", "rekeyed"] as const) {
    const value = parameters[parameter];
    if (!choices.includes(value)) {
      throw new InvalidParameterError({ parameter, value, demanded: '"all", "warnings" or "none"' });
    }
  }
  return parameters;
}

/** A moment, if it can be one. */
export function momentOf(value: number, parameter: string): number {
  if (typeof value !== "number" || !(value >= 0 && value < Number.POSITIVE_INFINITY)) {
    throw new InvalidParameterError({ parameter, value, demanded: "a number of unix seconds" });
  }
  return value;
}

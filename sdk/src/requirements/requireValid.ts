import { idOf } from "../check/arguments.ts";
import { InvalidRequirementError } from "../errors/arguments.ts";
import type { Requirement } from "../types/gate.ts";

/** The widths of `Requirement` in the contracts. */
const widths = {
  minAge: 40,
  minTenure: 40,
  minKeyAge: 40,
  maxSilence: 40,
  minSupport: 32,
  oppositionLimit: 32,
  minAnchors: 8,
  minAnchorStake: 32,
  anchorWarningLimit: 8,
} as const;

/** Refuses a requirement that no contract could hold. */
export function requireValid(requirement: Requirement): void {
  for (const anchor of requirement.anchors ?? []) idOf(anchor, "anchors");
  for (const [field, width] of Object.entries(widths) as [keyof typeof widths, number][]) {
    const value = requirement[field];
    const most = 2 ** width - 1;
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= 0 && value <= most)) {
      throw new InvalidRequirementError({ field, value, demanded: `a whole number from 0 to ${most}` });
    }
  }
  const { keyOwned } = requirement;
  if (keyOwned !== undefined && typeof keyOwned !== "boolean") {
    throw new InvalidRequirementError({ field: "keyOwned", value: keyOwned, demanded: "true or false" });
  }
}

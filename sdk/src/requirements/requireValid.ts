import { idOf } from "../check/arguments.ts";
import { InvalidRequirementError } from "../errors/arguments.ts";
import type { Requirement } from "../types/gate.ts";
import { isNear } from "./isNear.ts";

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

const names = [...Object.keys(widths), "anchors", "keyOwned"];

/**
 * Refuses a requirement that no contract could hold, and one that says less than whoever wrote it means: a judge that
 * passes over it would let everybody in. `more` are names that the caller knows besides.
 */
export function requireValid(requirement: Requirement, more: readonly string[] = []): void {
  requireNames(requirement, [...names, ...more]);
  requireValues(requirement);
  requireAnchors(requirement);
  requireDemand(requirement, more);
}

function requireNames(requirement: Requirement, known: readonly string[]): void {
  if (typeof requirement !== "object" || requirement === null || Array.isArray(requirement)) {
    throw new InvalidRequirementError({ field: "requirement", value: requirement, demanded: "an object" });
  }
  for (const [field, value] of Object.entries(requirement)) {
    if (known.includes(field)) continue;
    const near = known.find((name) => isNear(plain(field), plain(name)));
    const advice = near === undefined ? `known are ${known.join(", ")}` : `Did you mean ${near}?`;
    throw new InvalidRequirementError({ field, value, demanded: `nothing that can be demanded (${advice})` });
  }
}

function requireValues({ anchors, keyOwned, ...numbers }: Requirement): void {
  if (anchors !== undefined && !Array.isArray(anchors)) {
    throw new InvalidRequirementError({ field: "anchors", value: anchors, demanded: "a list of identities" });
  }
  for (const anchor of anchors ?? []) idOf(anchor, "anchors");
  for (const [field, width] of Object.entries(widths) as [keyof typeof widths, number][]) {
    const value = numbers[field];
    const most = 2 ** width - 1;
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= 0 && value <= most)) {
      throw new InvalidRequirementError({ field, value, demanded: `a whole number from 0 to ${most}` });
    }
  }
  if (keyOwned !== undefined && typeof keyOwned !== "boolean") {
    throw new InvalidRequirementError({ field: "keyOwned", value: keyOwned, demanded: "true or false" });
  }
}

/** Anchors without a number of them demand nothing, and a number without anchors is about nobody. */
function requireAnchors({
  anchors = [],
  minAnchors = 0,
  minAnchorStake = 0,
  anchorWarningLimit = 0,
}: Requirement): void {
  const named = new Set(anchors).size;
  if (named !== 0 && minAnchors === 0 && anchorWarningLimit === 0) {
    const demanded = "without effect alone: say `minAnchors` or `anchorWarningLimit` too";
    throw new InvalidRequirementError({ field: "anchors", value: anchors, demanded });
  }
  for (const [field, value] of Object.entries({ minAnchors, anchorWarningLimit, minAnchorStake })) {
    if (value === 0 || named !== 0) continue;
    throw new InvalidRequirementError({ field, value, demanded: "about anchors: name them with `anchors`" });
  }
  for (const [field, value] of Object.entries({ minAnchors, anchorWarningLimit })) {
    if (value <= named) continue;
    const demanded = `at most the number of different \`anchors\`, here ${named}`;
    throw new InvalidRequirementError({ field, value, demanded });
  }
}

/** A zero demands nothing in what contracts hold; what the caller knows besides counts where it is given. */
function requireDemand(requirement: Requirement, more: readonly string[]): void {
  const { anchors: _, ...demands } = requirement;
  if (Object.entries(demands).some(([name, value]) => (more.includes(name) ? value !== undefined : value))) return;
  const demanded = "an object that demands something: `minTenure`, say, or `anchors` with `minAnchors`";
  throw new InvalidRequirementError({ field: "requirement", value: requirement, demanded });
}

/** `min_tenure` and `MinTenure` mean `minTenure`. */
function plain(name: string): string {
  return name.replace(/[_\s-]/g, "").toLowerCase();
}

import type { UnmetFact } from "../types/decision.ts";
import { factsByPath } from "./factPaths.ts";

/** What is unmet, in a sentence. */
export function sentenceOf({ fact, comparison, actual, demanded }: UnmetFact): string {
  const unit = factsByPath.get(fact)?.unit;
  const shown = (value: unknown) => show(value, unit);
  const has = actual === undefined ? `${fact} is not known` : `${fact} is ${shown(actual)}`;
  switch (comparison) {
    case "atLeast":
      return `${has}, and has to be at least ${shown(demanded)}`;
    case "atMost":
      return `${has}, and has to be at most ${shown(demanded)}`;
    case "is":
      return `${has}, and has to be ${shown(demanded)}`;
    case "isNot":
      return `${fact} must not be ${shown(demanded)}`;
    case "includes":
    case "includesAll":
      return `${has}, and has to include ${shown(demanded)}`;
    case "includesAny":
      return `${has}, and has to include one of ${shown(demanded)}`;
    case "excludes":
      return `${fact} must not include ${shown(demanded)}`;
    case "excludesAll":
      return `${fact} must not include any of ${shown(demanded)}`;
    case "isSaid":
      return `${fact} is not said`;
  }
}

function show(value: unknown, unit: string | undefined): string {
  if (Array.isArray(value))
    return value.length === 0 ? "nothing" : value.map((item) => show(item, undefined)).join(", ");
  if (typeof value === "number" && unit === "seconds") return duration(value);
  if (typeof value === "number" && (unit === "points" || unit === "millionths")) return `${value} ${unit}`;
  if (typeof value === "string") return `"${value}"`;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function duration(seconds: number): string {
  for (const [unit, size] of [
    ["days", 86_400],
    ["hours", 3_600],
    ["minutes", 60],
  ] as const) {
    if (Math.abs(seconds) >= 2 * size) {
      const amount = Math.floor((seconds / size) * 10) / 10;
      return `${amount} ${unit}`;
    }
  }
  return `${seconds} seconds`;
}

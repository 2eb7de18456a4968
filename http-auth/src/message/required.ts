import { BASELINE_COMPONENTS, FIELDS_COVERED_WHEN_PRESENT } from "../constants.ts";
import type { Item } from "../fields/types.ts";
import { componentKey, plainComponent } from "./components.ts";

/**
 * Everything that a signature of a request has to cover, each once: the baseline, what a route or a caller wants beyond it,
 * and the fields that have to be covered where they are there.
 */
export function requiredComponents(headers: Headers, extra: readonly Item[] = []): readonly Item[] {
  const present = FIELDS_COVERED_WHEN_PRESENT.filter((field) => headers.has(field));
  const all = [...BASELINE_COMPONENTS.map(plainComponent), ...extra, ...present.map(plainComponent)];
  return [...new Map(all.map((component) => [componentKey(component), component])).values()];
}

/** Which of some components a list lacks. */
export function missingComponents(list: readonly Item[], demanded: readonly Item[]): readonly Item[] {
  const covered = new Set(list.map(componentKey));
  return demanded.filter((component) => !covered.has(componentKey(component)));
}

import { BASELINE_COMPONENTS, FIELDS_COVERED_WHEN_PRESENT } from "../constants.ts";
import type { Item } from "../fields/types.ts";
import { componentKey, plainComponent } from "./components.ts";

/**
 * Everything that a signature of a request has to cover, each once: the baseline, what a route or a caller wants beyond it,
 * and the fields that have to be covered where they are there.
 *
 * @param baseline What binds one request.
 */
export function requiredComponents(
  headers: Headers,
  extra: readonly Item[] = [],
  baseline: readonly string[] = BASELINE_COMPONENTS,
): readonly Item[] {
  const present = FIELDS_COVERED_WHEN_PRESENT.filter((field) => headers.has(field));
  const all = [...baseline.map(plainComponent), ...extra, ...present.map(plainComponent)];
  return [...new Map(all.map((component) => [componentKey(component), component])).values()];
}

/** Which of some components a list lacks. */
export function missingComponents(list: readonly Item[], demanded: readonly Item[]): readonly Item[] {
  const covered = new Set(list.map(componentKey));
  return demanded.filter((component) => !covered.has(componentKey(component)));
}

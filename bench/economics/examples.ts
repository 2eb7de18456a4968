// The requirements of the guides, read from the guides, so that this measures what a reader copies.
import { readFile } from "node:fs/promises";
import { DAY, type Demand } from "./protocol.ts";

export interface Example {
  id: string;
  name: string;
  demand: Demand;
}

const root = new URL("../../", import.meta.url);

/** `demanded.minTenure = 45 days;`, or in the guides' TypeScript `minTenure: 30 * MINUTE,`. A minute stands for a day. */
const ASSIGNED = /demanded\.(\w+) = ([\d_]+|true)( days| minutes)?;/g;
const PROPERTY = /\b(\w+): (\[[\d, ]*\]|[\d_]+|true)( \* (?:MINUTE|DAY|86_400))?/g;

/** Where they are: a file, what comes right before, and what ends them. */
const places = [
  ["market", "the README's Market", "README.md", "function requirement()", "\n    }", ASSIGNED],
  ["server", "the README's server", "README.md", "requirement: {", "}", PROPERTY],
  ["platform", "the guide for platforms", "docs/platforms.md", "const requirement: Requirement = {", "};", PROPERTY],
  ["integrator", "the guide for integrators", "docs/integrators.md", "function requirement()", "\n    }", ASSIGNED],
] as const;

/**
 * Reads them. Whoever is named as an anchor there is replaced by one of this chain's; as many as are needed.
 *
 * @param anchors Identities of this chain.
 */
export async function readExamples(anchors: readonly number[]): Promise<Example[]> {
  const examples: Example[] = [];
  for (const [id, name, file, begin, end, pattern] of places) {
    const text = await readFile(new URL(file, root), "utf8");
    const [, after] = text.split(begin, 2);
    const [body] = after?.split(end, 1) ?? [];
    const found = [...(body ?? "").matchAll(pattern)].filter(([, field]) => field !== "anchors");
    if (found.length === 0) throw new Error(`${file} has no requirement after "${begin}" any more.`);
    const demand = Object.fromEntries(found.map(([, field = "", value = "", time]) => [field, amount(value, time)]));
    const isAnchored = "minAnchors" in demand || "anchorWarningLimit" in demand;
    examples.push({ id, name, demand: isAnchored ? { ...demand, anchors } : demand });
  }
  return examples;
}

function amount(value: string, time: string | undefined): number {
  const number = value === "true" ? 1 : Number(value.replaceAll("_", ""));
  return time === undefined ? number : number * DAY;
}

const TIMES = new Set(["minAge", "minTenure", "minKeyAge", "maxSilence"]);

/** What is demanded, in a line. */
export function inWords(demand: Demand): string {
  const words = Object.entries(demand)
    .filter(([field, value]) => field !== "anchors" && value !== 0)
    .map(([field, value]) => `${field} ${TIMES.has(field) ? `${Number(value) / DAY} days` : String(value)}`);
  return words.length === 0 ? "no more than zeros say" : words.join(", ");
}

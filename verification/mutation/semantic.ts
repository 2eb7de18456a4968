import { readFileSync } from "node:fs";
import path from "node:path";
import { type Edit, ROOT } from "./compiler.ts";
import { digestOf } from "./results.ts";
import { catalogue } from "./semantic/catalogue.ts";

/** What the results say of a semantic mutant. */
export interface SlipFacts {
  file: string;
  rule: string;
  /** Names the contract's text with the mistake in it. */
  of: string;
}

export interface SemanticMutant {
  facts: SlipFacts;
  edit: Edit;
  first: string[];
}

export const keyOfSlip = ({ file, rule, of }: SlipFacts): string => [file, rule, of].join("|");

function replaced(source: string, from: string, to: string, rule: string): string {
  const count = source.split(from).length - 1;
  if (count !== 1) throw new Error(`"${rule}": what it changes occurs ${count} times, not once:\n${from}`);
  return source.replace(from, () => to);
}

/** Every one of the catalogue; throws where the contract does not read any more as a mutant says. */
export function semanticMutants(): SemanticMutant[] {
  const mutants = catalogue.flatMap(({ file, slips }) =>
    slips.map(({ rule, from, to, more = [], first = [] }) => {
      const source = readFileSync(path.join(ROOT, file), "utf8");
      const changes = [{ from, to }, ...more];
      const content = changes.reduce((text, change) => replaced(text, change.from, change.to, rule), source);
      return { facts: { file, rule, of: digestOf(content) }, edit: { file, content }, first };
    }),
  );
  const keys = new Set(mutants.map(({ facts }) => facts.of));
  if (keys.size !== mutants.length) throw new Error("two semantic mutants read the same");
  return mutants;
}

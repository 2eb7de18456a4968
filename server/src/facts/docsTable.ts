import { type FactGroupDeclaration, factDeclaration } from "./declaration.ts";

/** The table of all facts that stands in the README. */
export function factsTable(): string {
  const rows = Object.entries<FactGroupDeclaration>(factDeclaration).flatMap(([group, { source, facts }]) =>
    Object.entries(facts).map(
      ([name, { kind, unit, meaning }]) => `| \`${group}.${name}\` | ${kind} | ${unit} | ${meaning} | ${source} |`,
    ),
  );
  return ["| fact | type | unit | meaning | source |", "|---|---|---|---|---|", ...rows].join("\n");
}

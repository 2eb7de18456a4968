import { readFileSync } from "node:fs";
import path from "node:path";
import { type Node, parse, ROOT } from "./compiler.ts";
import { type Change, changesOf, conditionChanges } from "./operators.ts";
import { digestOf } from "./results.ts";
import { children, hasCode } from "./syntax.ts";

/** A contract with one small mistake in it. */
export interface Mutant {
  file: string;
  line: number;
  column: number;
  kind: string;
  /** What stood there, and what stands there now. */
  from: string;
  to: string;
  /** Names the text that it was made from. */
  source: string;
  content: string;
}

/** What the results say of it. */
export type GenericFacts = Omit<Mutant, "content">;

export const factsOf = ({ content: _, ...facts }: Mutant): GenericFacts => facts;

export const keyOfGeneric = ({ file, line, column, kind, from, to, source }: GenericFacts): string =>
  [file, line, column, kind, from, to, source].join("|");

/** Every mutant of a file, in the order of their lines; no two read the same. */
export function mutantsOf(file: string): Mutant[] {
  const source = readFileSync(path.join(ROOT, file));
  const range = (node: Node): [number, number] => {
    const [start = 0, length = 0] = node.src.split(":").map(Number);
    return [start, start + length];
  };
  const slice = (node: Node): string => source.subarray(...range(node)).toString();
  const mutants = new Map<string, Mutant>();
  const digest = digestOf(source.toString());

  function put(node: Node, { kind, text }: Change): void {
    const [start, end] = range(node);
    const content = Buffer.concat([source.subarray(0, start), Buffer.from(text), source.subarray(end)]).toString();
    const before = source.subarray(0, start).toString().split("\n");
    const place = { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
    const short = (code: string) => code.replace(/\s+/g, " ");
    mutants.set(content, { ...place, kind, from: short(slice(node)), to: short(text), source: digest, content });
  }

  function walk(node: Node): void {
    if (["ImportDirective", "EventDefinition", "ErrorDefinition", "StructuredDocumentation"].includes(node.nodeType))
      return;
    for (const change of changesOf(node, slice)) put(node, change);
    for (const change of conditionChanges(node)) put(node.condition as Node, change);
    for (const child of children(node)) walk(child);
  }

  for (const node of children(parse(file))) {
    if (hasCode(node)) walk(node);
  }
  mutants.delete(source.toString());
  return [...mutants.values()];
}

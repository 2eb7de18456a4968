import { readdirSync } from "node:fs";
import path from "node:path";
import { type Node, parseAll, ROOT } from "./compiler.ts";

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && "nodeType" in value && "src" in value;

export function children(node: Node): Node[] {
  return Object.values(node).flatMap((value) => (Array.isArray(value) ? value : [value]).filter(isNode));
}

function* nodesOf(node: Node): Generator<Node> {
  yield node;
  for (const child of children(node)) yield* nodesOf(child);
}

/** Whether it is a contract or a library: an interface has nothing to put a mistake into. */
export const hasCode = (node: Node): boolean =>
  node.nodeType === "ContractDefinition" && node.contractKind !== "interface";

let parsed: ReadonlyMap<string, Node> | undefined;

/** The syntax tree of each of our contracts, by its file. What is for tests of others, and deployed nowhere, is none. */
function contracts(): ReadonlyMap<string, Node> {
  const names = readdirSync(path.join(ROOT, "contracts"), { recursive: true, encoding: "utf8" });
  const files = names
    .filter((name) => name.endsWith(".sol") && !name.startsWith("testing"))
    .map((name) => path.posix.join("contracts", name));
  parsed ??= new Map([...parseAll(files)].filter(([file]) => file.startsWith("contracts/")));
  return parsed;
}

const everything = (): Node[] => [...contracts().values()].flatMap((tree) => [...nodesOf(tree)]);

let members: ReadonlyMap<string, string[]> | undefined;

/** The members of each enum, in the order of their declaration, by its name. */
export function enums(): ReadonlyMap<string, string[]> {
  members ??= new Map(
    everything()
      .filter(({ nodeType }) => nodeType === "EnumDefinition")
      .map((node) => [String(node.name), (node.members as Node[]).map(({ name }) => String(name))]),
  );
  return members;
}

/** Whatever has a name: variables, fields, functions, constants. */
export function declaredNames(): Set<string> {
  return new Set(
    everything().flatMap(({ name, nodeType }) => (/Declaration|Definition/.test(nodeType) ? String(name) : [])),
  );
}

/** The files that mistakes can be put into. */
export function filesWithCode(): string[] {
  return [...contracts()].filter(([, tree]) => children(tree).some(hasCode)).map(([file]) => file);
}

import type { Expr, PolicyJson } from "@cedar-policy/cedar-wasm/nodejs";
import { type FactDeclaration, type FactGroup, type FactGroupDeclaration, factDeclaration } from "../facts/index.ts";
import { childrenOf } from "./subExpressions.ts";

const declared: Readonly<Record<string, FactGroupDeclaration>> = factDeclaration;

/** Every fact, by its path, such as `stakes.support`. */
export const factsByPath: ReadonlyMap<string, FactDeclaration> = new Map(
  Object.entries(declared).flatMap(([group, { facts }]) =>
    Object.entries(facts).map(([name, fact]) => [`${group}.${name}`, fact] as const),
  ),
);

/** Paths of the facts of which a policy speaks. One that takes a whole group speaks of all that is in it. */
export function factPaths({ conditions }: PolicyJson): readonly string[] {
  const paths = new Set<string>();
  for (const { body } of conditions) collect(body, paths);
  return [...paths].sort();
}

/** The groups that hold these facts. */
export function groupsOfPaths(paths: Iterable<string>): ReadonlySet<FactGroup> {
  return new Set([...paths].map((path) => path.slice(0, path.indexOf(".")) as FactGroup));
}

/** An attribute's way from a variable, such as `["context", "facts", "stakes", "support"]`; undefined for any other expression. */
export function pathOf(expression: Expr): readonly string[] | undefined {
  if ("Var" in expression) return [(expression as { Var: string }).Var];
  if ("getTag" in expression) return tagPath((expression as { getTag: { left: Expr; right: Expr } }).getTag);
  if (!("." in expression)) return undefined;
  const { left, attr } = (expression as { ".": { left: Expr; attr: string } })["."];
  const before = pathOf(left);
  return before && [...before, attr];
}

/** A tag's way, such as `["resource", "tags", "zone"]`. */
export function tagPath({ left, right }: { left: Expr; right: Expr }): readonly string[] | undefined {
  const before = pathOf(left);
  const { Value: name } = right as { Value?: unknown };
  return before === undefined || typeof name !== "string" ? undefined : [...before, "tags", name];
}

function collect(expression: Expr, paths: Set<string>): void {
  const path = pathOf(expression) ?? hasPath(expression);
  if (path !== undefined) {
    for (const fact of factsUnder(path)) paths.add(fact);
    return;
  }
  for (const child of childrenOf(expression)) collect(child, paths);
}

function hasPath(expression: Expr): readonly string[] | undefined {
  if (!("has" in expression)) return undefined;
  const { left, attr } = (expression as { has: { left: Expr; attr: string | string[] } }).has;
  const before = pathOf(left);
  return before && [...before, ...(Array.isArray(attr) ? attr : [attr])];
}

/** The facts that an attribute's way leads to: one, or all of a group. */
export function factsUnder([variable, member, group, name]: readonly string[]): readonly string[] {
  if (variable !== "context" || (member !== undefined && member !== "facts")) return [];
  return [...factsByPath.keys()].filter(
    (path) =>
      (group === undefined || path.startsWith(`${group}.`)) && (name === undefined || path === `${group}.${name}`),
  );
}

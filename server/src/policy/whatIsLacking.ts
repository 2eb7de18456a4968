import type { CedarValueJson, Expr, PolicyJson } from "@cedar-policy/cedar-wasm/nodejs";
import type { Comparison, UnmetFact } from "../types/decision.ts";
import { evaluate, type Scene, UNDETERMINED } from "./evaluate.ts";
import { pathOf, tagPath } from "./factPaths.ts";

/** What would have to be otherwise for conditions to turn out as wanted. */
export interface Lack {
  readonly unmet: readonly UnmetFact[];
  /** Conditions of which nothing can be said here. */
  readonly unexplained: number;
}

const nothing: Lack = { unmet: [], unexplained: 0 };
const unexplained: Lack = { unmet: [], unexplained: 1 };

/** What keeps a policy from applying. */
export function whatKeepsOff({ conditions }: PolicyJson, scene: Scene): Lack {
  return all(conditions.map(({ kind, body }) => lackOf(body, kind === "when", scene)));
}

/** What would keep a policy that applies from applying: the least of what would do. */
export function whatWouldLift({ conditions }: PolicyJson, scene: Scene): Lack {
  if (conditions.length === 0) return unexplained;
  return least(conditions.map(({ kind, body }) => lackOf(body, kind !== "when", scene)));
}

/** How much is lacking: what cannot be explained counts as far away. */
export function sizeOf({ unmet, unexplained }: Lack): number {
  return unmet.length + 100 * unexplained;
}

/** What is lacking for an expression to be `wanted`. */
function lackOf(expression: Expr, wanted: boolean, scene: Scene): Lack {
  if (evaluate(expression, scene) === wanted) return nothing;
  const [[operator, operands] = ["", undefined]] = Object.entries(expression) as [string, unknown][];
  switch (operator) {
    case "&&":
    case "||": {
      const { left, right } = operands as { left: Expr; right: Expr };
      const both = [lackOf(left, wanted, scene), lackOf(right, wanted, scene)];
      return (operator === "&&") === wanted ? all(both) : least(both);
    }
    case "!":
      return lackOf((operands as { arg: Expr }).arg, !wanted, scene);
    case "if-then-else": {
      const { if: condition, then, else: otherwise } = operands as { if: Expr; then: Expr; else: Expr };
      const value = evaluate(condition, scene);
      return typeof value === "boolean" ? lackOf(value ? then : otherwise, wanted, scene) : unexplained;
    }
    default:
      return comparisonOf(operator, expression, operands, wanted, scene);
  }
}

function comparisonOf(operator: string, expression: Expr, operands: unknown, wanted: boolean, scene: Scene): Lack {
  const path = pathOf(expression);
  if (path !== undefined) return one(path, "is", evaluate(expression, scene), wanted);
  if (operator === "has") {
    const { left, attr } = operands as { left: Expr; attr: string | string[] };
    const before = pathOf(left);
    if (before === undefined || !wanted) return unexplained;
    return one([...before, ...(Array.isArray(attr) ? attr : [attr])], "isSaid", false, true);
  }
  if (typeof operands !== "object" || operands === null || !("left" in operands) || !("right" in operands))
    return unexplained;
  const { left, right } = operands as { left: Expr; right: Expr };
  if (operator === "hasTag") {
    const tag = tagPath({ left, right });
    return tag === undefined || !wanted ? unexplained : one(tag, "isSaid", false, true);
  }
  const [leftPath, rightPath] = [pathOf(left), pathOf(right)];
  if (leftPath !== undefined && leftPath.length > 1) {
    return demand(operator, leftPath, evaluate(left, scene), evaluate(right, scene), wanted);
  }
  const turned = mirrored[operator];
  if (rightPath === undefined || rightPath.length === 1 || turned === undefined) return unexplained;
  return demand(turned, rightPath, evaluate(right, scene), evaluate(left, scene), wanted);
}

/** The operator that says the same with its sides changed. */
const mirrored: Readonly<Record<string, string>> = {
  "==": "==",
  "!=": "!=",
  "<": ">",
  ">": "<",
  "<=": ">=",
  ">=": "<=",
};

/** The operator that says the opposite. */
const opposite: Readonly<Record<string, string>> = {
  "==": "!=",
  "!=": "==",
  "<": ">=",
  ">=": "<",
  ">": "<=",
  "<=": ">",
};

function demand(operator: string, path: readonly string[], actual: unknown, limit: unknown, wanted: boolean): Lack {
  if (limit === UNDETERMINED) return unexplained;
  const effective = wanted ? operator : (opposite[operator] ?? operator);
  const amount = typeof limit === "number" ? limit : undefined;
  switch (effective) {
    case "==":
      return one(path, "is", actual, limit);
    case "!=":
      return one(path, "isNot", actual, limit);
    case "contains":
      return one(path, wanted ? "includes" : "excludes", actual, limit);
    case "containsAny":
      return one(path, wanted ? "includesAny" : "excludesAll", actual, limit);
    case "containsAll":
      return wanted ? one(path, "includesAll", actual, limit) : unexplained;
  }
  if (amount === undefined) return unexplained;
  switch (effective) {
    case ">=":
      return one(path, "atLeast", actual, amount);
    case ">":
      return one(path, "atLeast", actual, amount + 1);
    case "<=":
      return one(path, "atMost", actual, amount);
    case "<":
      return one(path, "atMost", actual, amount - 1);
    default:
      return unexplained;
  }
}

function one(path: readonly string[], comparison: Comparison, actual: unknown, demanded: unknown): Lack {
  const isFact = path[0] === "context" && path[1] === "facts";
  const fact = (isFact ? path.slice(2) : path).join(".");
  return { unmet: [{ fact, comparison, actual: shown(actual), demanded: shown(demanded) }], unexplained: 0 };
}

/** An entity is shown as Cedar writes it. */
function shown(value: unknown): unknown {
  if (value === UNDETERMINED) return undefined;
  if (Array.isArray(value)) return value.map(shown);
  const entity = (value as { __entity?: { type: string; id: string } } | null)?.__entity as CedarValueJson | undefined;
  if (entity === undefined || entity === null || typeof entity !== "object") return value;
  const { type, id } = entity as { type: string; id: string };
  return `${type}::${JSON.stringify(id)}`;
}

function all(lacks: readonly Lack[]): Lack {
  return {
    unmet: lacks.flatMap(({ unmet }) => unmet),
    unexplained: lacks.reduce((sum, lack) => sum + lack.unexplained, 0),
  };
}

function least(lacks: readonly Lack[]): Lack {
  return lacks.reduce((best, lack) => (sizeOf(lack) < sizeOf(best) ? lack : best));
}

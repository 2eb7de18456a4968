import type { Expr, PolicyJson } from "@cedar-policy/cedar-wasm/nodejs";
import type { GatheredFacts } from "../facts/index.ts";
import { factsByPath, factsUnder, pathOf } from "./factPaths.ts";
import { childrenOf } from "./subExpressions.ts";

/** A place in a policy where a fact stands that the passing of time moves. */
export interface Drift {
  /** Path of the fact. */
  readonly fact: string;
  /** What it is compared with; undefined where it is used in any other way, and every second may matter. */
  readonly limit: { readonly operator: string; readonly amount: number } | undefined;
}

const comparisons = ["==", "!=", "<", "<=", ">", ">="];
const mirrored: Readonly<Record<string, string>> = { "<": ">", ">": "<", "<=": ">=", ">=": "<=" };

/** Finds where time alone can change what a policy says. */
export function driftsOf({ conditions }: PolicyJson): Drift[] {
  return conditions.flatMap(({ body }) => driftsIn(body));
}

function driftsIn(expression: Expr): Drift[] {
  const [[operator, operands] = ["", undefined]] = Object.entries(expression) as [string, unknown][];
  // That a fact is there at all does not change with time.
  if (operator === "has") return [];
  const path = pathOf(expression);
  if (path !== undefined) return driftingUnder(path).map((fact) => ({ fact, limit: undefined }));
  if (comparisons.includes(operator)) {
    const { left, right } = operands as { left: Expr; right: Expr };
    const found = limited(operator, left, right) ?? limited(mirrored[operator] ?? operator, right, left);
    if (found !== undefined) return found;
  }
  return childrenOf(expression).flatMap(driftsIn);
}

function limited(operator: string, side: Expr, other: Expr): Drift[] | undefined {
  const [path, amount] = [pathOf(side), (other as { Value?: unknown }).Value];
  if (path === undefined || path.length !== 4 || typeof amount !== "number") return undefined;
  return driftingUnder(path).map((fact) => ({ fact, limit: { operator, amount } }));
}

function driftingUnder(path: readonly string[]): readonly string[] {
  return factsUnder(path).filter((fact) => factsByPath.get(fact)?.drift !== undefined);
}

/**
 * The first second (of this machine's clock) at which a comparison turns out otherwise because time has passed, and nothing else.
 *
 * @param now - Unix seconds.
 * @returns `Infinity` where there is none.
 */
export function firstFlip(drifts: readonly Drift[], { facts, clockOffset }: GatheredFacts, now: number): number {
  const times = drifts.map(({ fact, limit }) => {
    const [group, name] = fact.split(".") as [keyof typeof facts, string];
    // Without an identity or a grant, its ages stand still.
    const stands = group === "identity" ? !facts.identity.known : !facts.grant.delegated;
    if (stands) return Number.POSITIVE_INFINITY;
    const since = group === "identity" ? facts.index.time + clockOffset : now;
    if (limit === undefined) return since + 1;
    const value = Number((facts[group] as Readonly<Record<string, unknown>>)[name]);
    return since + secondsToFlip(value, factsByPath.get(fact)?.drift ?? 1, limit.operator, limit.amount);
  });
  return Math.min(Number.POSITIVE_INFINITY, ...times);
}

/** Seconds until a comparison of an amount that grows or shrinks by one each second changes. */
function secondsToFlip(value: number, drift: 1 | -1, operator: string, amount: number): number {
  // A shrinking amount compares as its opposite, which grows.
  const [grown, limit] = drift === 1 ? [value, amount] : [-value, -amount];
  const isStrict = operator === ">" || operator === "<=";
  const borders =
    operator === "==" || operator === "!=" ? [limit, limit + 1] : [isStrict === (drift === 1) ? limit + 1 : limit];
  const ahead = borders.map((border) => border - grown).filter((seconds) => seconds > 0);
  return Math.min(Number.POSITIVE_INFINITY, ...ahead);
}

import type { Expr } from "@cedar-policy/cedar-wasm/nodejs";

/** An expression and all that it is made of. */
export function subExpressions(expression: Expr): Expr[] {
  return [expression, ...childrenOf(expression).flatMap(subExpressions)];
}

/** What an expression is directly made of. */
export function childrenOf(expression: Expr): Expr[] {
  const [entry] = Object.entries(expression);
  if (entry === undefined) return [];
  const [operator, operands] = entry as [string, unknown];
  if (["Value", "Var", "Slot", "Unknown"].includes(operator)) return [];
  if (Array.isArray(operands)) return operands as Expr[];
  if (operator === "Record") return Object.values(operands as Record<string, Expr>);
  // Named operands are expressions, and so are objects; patterns, names of attributes and of types are not.
  return Object.entries(operands as Record<string, unknown>).flatMap(([name, operand]) =>
    ["left", "right", "arg", "in", "if", "then", "else"].includes(name) &&
    typeof operand === "object" &&
    operand !== null
      ? [operand as Expr]
      : [],
  );
}

type Expression = string | Expression[];

/** Wider than any product of two words, so that no whole number of a query wraps around in it. */
const WIDTH = 520;
const OPERATORS: Record<string, string> = {
  "+": "bvadd",
  "*": "bvmul",
  "<=": "bvsle",
  "<": "bvslt",
  ">=": "bvsge",
  ">": "bvsgt",
  div: "bvsdiv",
  mod: "bvsmod",
};
/** Commands that only ask for more than the answer. */
const IGNORED = ["get-value", "set-option", "set-logic", "check-sat"];

function parse(text: string): Expression[] {
  const stack: Expression[][] = [[]];
  for (const [token] of text.matchAll(/\(|\)|\|[^|]*\||"[^"]*"|[^\s()|]+/g)) {
    if (token === "(") stack.push([]);
    else if (token === ")") stack.at(-2)?.push(stack.pop() ?? []);
    else stack.at(-1)?.push(token);
  }
  return stack[0] ?? [];
}

const print = (expression: Expression): string =>
  typeof expression === "string" ? expression : `(${expression.map(print).join(" ")})`;

/** How wide a bit vector is: as wide as the whole number was made that it began as. */
function bitsOf(expression: Expression): number {
  if (typeof expression === "string") throw new Error(`how wide is ${expression}?`);
  const [head, first = "", second = ""] = expression;
  if (Array.isArray(head)) return Number(head[2]);
  return bitsOf(head === "ite" ? second : first);
}

function translate(expression: Expression): string {
  if (expression === "Int") return `(_ BitVec ${WIDTH})`;
  if (typeof expression === "string") return /^\d+$/.test(expression) ? `(_ bv${expression} ${WIDTH})` : expression;
  const [head = "", ...rest] = expression;
  if (typeof head !== "string") {
    if (head[0] !== "_" || head[1] !== "int2bv") return `(${expression.map(translate).join(" ")})`;
    return `((_ extract ${Number(head[2]) - 1} 0) ${rest.map(translate).join(" ")})`;
  }
  if (head === "declare-datatypes") return `(${head} ${print(rest[0] ?? "")} ${translate(rest[1] ?? "")})`;
  if (head === "_") return print(expression);
  const operands = rest.map(translate);
  if (head === "bv2nat") return `((_ zero_extend ${WIDTH - bitsOf(rest[0] ?? "")}) ${operands.join(" ")})`;
  if (head === "-") return operands.length === 1 ? `(bvneg ${operands[0]})` : `(bvsub ${operands.join(" ")})`;
  const operator = OPERATORS[head];
  if (operator === undefined) return `(${[head, ...operands].join(" ")})`;
  return operands.slice(1).reduce((left, right) => `(${operator} ${left} ${right})`, operands[0] ?? "");
}

/**
 * A query of the SMTChecker, with its whole numbers as bit vectors. It writes shifts and masks as conversions between
 * the two, at which solvers fail; over bits alone they are easy.
 */
export function overBits(query: string): string {
  return parse(query.replace(/^;.*$/gm, ""))
    .filter(([command]) => !IGNORED.includes(String(command)))
    .map(translate)
    .join("\n");
}

/** The query as it is, without what only asks for more than the answer. */
export function overIntegers(query: string): string {
  return parse(query.replace(/^;.*$/gm, ""))
    .filter(([command]) => !IGNORED.includes(String(command)))
    .map(print)
    .join("\n");
}

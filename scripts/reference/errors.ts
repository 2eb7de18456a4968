import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

const root = path.join(import.meta.dirname, "../..");
const folder = path.join(root, "sdk/src/errors");

const table = readFileSync(path.join(root, "docs/contracts.md"), "utf8");

/** An error of the SDK, as its source explains it. */
type Explained = {
  name: string;
  /** When it comes. */
  meaning: string;
  /** What it says, in each of its forms, with the values as words. */
  says: readonly string[];
  /** What to do, in each of its forms. */
  advice: readonly string[];
  /** The errors of the contracts that it stands for. */
  contractErrors: readonly string[];
};

/** The parts of the page: the files of `sdk/src/errors/`, and what their errors are about. */
const parts: Readonly<Record<string, string>> = {
  identity: "Refused by the registry of identities",
  vouch: "Refused by the registry of vouches",
  link: "Refused by the registry of links",
  delegation: "Grants, and the registry of their revocations",
  gate: "Refused by a gate",
  arguments: "Misuse, refused before any request",
  signed: "Signatures",
  registrationFile: "Registration files",
  network: "Nodes, chains and money",
  outcome: "Transactions on their way",
  deployment: "Deployments",
};

const head = `# Errors

Every error of the SDK, what it says and what to do about it. Its \`docsPath\` leads here. The errors of the contracts, with
their arguments: [contracts.md](contracts.md#errors). The classes: [reference](reference/errors.md).

The project's own words are defined in the [glossary](glossary.md).

*Slanted* words stand for values. Written by \`npm run docs\` out of \`sdk/src/errors/\`.
`;

/** Makes \`docs/errors.md\` out of the error classes, so that it says what they say. */
export function makeErrors(): string {
  const contractErrors = contractErrorsByClass();
  const files = readdirSync(folder)
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => path.basename(file, ".ts"));
  const explained = new Map(files.map((file) => [file, errorsIn(file, contractErrors)]));
  for (const [file, errors] of explained) {
    if (errors.length > 0 && !(file in parts)) throw new Error(`No part of docs/errors.md is for ${file}.ts.`);
  }
  const body = Object.entries(parts).map(
    ([file, title]) => `## ${title}\n\n${(explained.get(file) ?? []).map(section).join("\n\n")}`,
  );
  return `${head}\n${body.join("\n\n")}\n`;
}

function section({ name, meaning, says, advice, contractErrors }: Explained): string {
  return [
    `### ${name}`,
    meaning,
    ...says.map((sentence) => `> ${sentence}`),
    ...(advice.length > 0 ? [`**What to do:** ${advice.join(" Or: ")}`] : []),
    ...(contractErrors.length > 0
      ? [`**In the contracts:** ${contractErrors.map((it) => `\`${it}\``).join(", ")}`]
      : []),
  ].join("\n\n");
}

/** What the table of errors in `docs/contracts.md` says about one, as a sentence. */
function adviceOf(contractError: string): string | undefined {
  const row = table.split("\n").find((line) => line.split(" | ")[0]?.includes(`\`${contractError}(`));
  const told = row?.split(" | ")[2]?.replace(/ \|$/, "");
  return told && `${told.charAt(0).toUpperCase()}${told.slice(1)}.`;
}

const parse = (file: string) =>
  ts.createSourceFile(file, readFileSync(path.join(folder, `${file}.ts`), "utf8"), ts.ScriptTarget.Latest, true);

function errorsIn(file: string, contractErrors: ReadonlyMap<string, readonly string[]>): Explained[] {
  const classes = parse(file).statements.filter(ts.isClassDeclaration);
  return classes.flatMap((declaration) => {
    const name = declaration.name?.text ?? "";
    const call = find(
      declaration,
      (node) => ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword,
    );
    if (!call || !ts.isCallExpression(call)) return [];
    const [first, ...rest] = call.arguments;
    // The classes that others extend hand on what they are given.
    if (!first || !ts.isStringLiteral(first)) return [];
    const [message, advice] = rest.filter((argument) => argument.getText() !== "args");
    const thrown = contractErrors.get(name) ?? [];
    const advised = advice ? sentences(resolve(advice, declaration)) : [];
    // A message that says it all gives no advice; the table of the contracts' errors has some for each.
    const told = thrown.flatMap((error) => adviceOf(error) ?? []);
    const comment = ts.getJSDocCommentsAndTags(declaration).find(ts.isJSDoc)?.comment;
    return {
      name,
      meaning: ts.getTextOfJSDocComment(comment)?.replace(/\s+/g, " ") ?? "",
      says: message ? sentences(resolve(message, declaration)) : [],
      advice: advised.length > 0 ? advised : told,
      contractErrors: thrown,
    };
  });
}

/** A constant of the constructor stands for what it is. */
function resolve(expression: ts.Expression, within: ts.Node): ts.Expression {
  if (!ts.isIdentifier(expression)) return expression;
  const named = find(within, (node) => ts.isVariableDeclaration(node) && node.name.getText() === expression.text);
  return named && ts.isVariableDeclaration(named) && named.initializer ? named.initializer : expression;
}

/** What an expression can say, in each of its forms. */
function sentences(node: ts.Expression): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isParenthesizedExpression(node)) return sentences(node.expression);
  if (ts.isConditionalExpression(node)) return [...sentences(node.whenTrue), ...sentences(node.whenFalse)];
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    return sentences(node.left).flatMap((left) => sentences(node.right).map((right) => left + right));
  }
  if (ts.isTemplateExpression(node)) {
    const rest = node.templateSpans.map((span) => value(span.expression) + span.literal.text);
    // The name of an argument is a value like the others, and would not be slanted within backticks.
    return [`${node.head.text}${rest.join("")}`.replace(/`(\*\w+\*)`/g, "$1")];
  }
  return [];
}

/** A value in a sentence: its name, with the words that come with it. */
function value(node: ts.Expression): string {
  if (ts.isCallExpression(node)) return wordsOf(node);
  if (ts.isConditionalExpression(node)) return value(node.whenFalse);
  if (ts.isTemplateExpression(node) || ts.isStringLiteralLike(node)) return sentences(node)[0] ?? "";
  if (ts.isBinaryExpression(node)) return value(node.left);
  // Of another object than the arguments, the field says more: the chain that a signature is for.
  return `*${ts.isPropertyAccessExpression(node) ? node.name.text : node.getText()}*`;
}

/** What the helpers of the errors make of a value. */
function wordsOf({ expression, arguments: [first, noun] }: ts.CallExpression): string {
  if (ts.isPropertyAccessExpression(expression)) return rootOf(expression);
  const shown = first ? value(first) : "";
  switch (expression.getText()) {
    case "count":
    case "countIs":
      return `${shown} ${noun && ts.isStringLiteral(noun) ? noun.text : "point"}s${expression.getText() === "countIs" ? " are" : ""}`;
    case "placeOf":
      return ` at ${shown}`;
    default:
      return shown;
  }
}

/** `*reasons*` of `reasons.map(…).join("; ")`. */
function rootOf(expression: ts.Expression): string {
  let inner = expression;
  while (ts.isPropertyAccessExpression(inner) || ts.isCallExpression(inner)) inner = inner.expression;
  return `*${inner.getText()}*`;
}

/** Which errors of the contracts a class stands for: the factories of `decode.ts` say it. */
function contractErrorsByClass(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  visit(parse("decode"), (node) => {
    if (!ts.isPropertyAssignment(node) || !ts.isArrowFunction(node.initializer)) return;
    const made = find(node.initializer, ts.isNewExpression);
    if (!made || !ts.isNewExpression(made)) return;
    const name = made.expression.getText().split(".").pop() ?? "";
    found.set(name, [...(found.get(name) ?? []), node.name.getText()]);
  });
  return found;
}

function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  ts.forEachChild(node, (child) => visit(child, see));
}

function find(node: ts.Node, isIt: (node: ts.Node) => boolean): ts.Node | undefined {
  if (isIt(node)) return node;
  return ts.forEachChild(node, (child) => find(child, isIt));
}

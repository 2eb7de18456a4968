// Code of the documentation, made into something that can be checked and run.

/** Code for a module: what it imports, and what it does. */
export type Snippet = { imports: string; body: string };

const IMPORT = /^import [^;]*? from "[^"]+";\n?/gm;

/** What a comment at the end of a line claims when it begins like this. */
const LITERAL = /^(?:-?\d|["'[{`]|true\b|false\b|undefined\b|null\b)/;

/** Takes the imports to the front, and makes a claim at the end of a line into a check. */
export function snippetOf(code: string): Snippet {
  const imports = [...code.matchAll(IMPORT)].map(([line]) => line.trim()).join("\n");
  const body = code
    .replace(IMPORT, "")
    .split("\n")
    .map((line) => checked(line))
    .join("\n")
    .trim();
  return { imports, body };
}

/** `profile.status; // "active"` claims a value: it becomes `await is(profile.status, "active");`. */
function checked(line: string): string {
  const [, indent, expression, comment] = /^(\s*)([^\s/].*?);\s+\/\/ (.*)$/.exec(line) ?? [];
  if (expression === undefined || comment === undefined || !LITERAL.test(comment)) return line;
  const claimed = /^(?:const|let) /.test(expression) ? declared(expression) : { statement: "", value: expression };
  // A claim that cannot be read would go unchecked.
  new Function(`return (${comment});`);
  return `${indent}${claimed.statement}await is(${claimed.value}, ${comment});`;
}

/** A claim about the one name that a line declares. */
function declared(statement: string): { statement: string; value: string } {
  const [, name] = /^(?:const|let) \{? ?(\w+) ?\}? = /.exec(statement) ?? [];
  if (name === undefined) throw new TypeError(`A claim about several names at once: ${statement}`);
  return { statement: `${statement}; `, value: name };
}

/** Names that a piece of code declares itself. */
export function declaredIn(code: string): Set<string> {
  const names = new Set<string>();
  for (const [, plain, pattern] of code.matchAll(/\b(?:const|let)\s+(?:(\w+)|([{[][^=]*?[}\]])\s*=)/g)) {
    if (plain) names.add(plain);
    for (const [, name] of pattern?.matchAll(/(\w+)\s*[,}\]]/g) ?? []) if (name) names.add(name);
  }
  return names;
}

/** Names that a piece of code uses and does not declare, out of those that are to be had. */
export function usedIn(code: string, available: Iterable<string>): string[] {
  const declared = declaredIn(code);
  const bare = code.replace(/"[^"\n]*"|\/\/.*$/gm, "");
  return [...available].filter(
    (name) => !declared.has(name) && new RegExp(`(?<![.\\w])${name}\\b(?!\\s*:)`).test(bare),
  );
}

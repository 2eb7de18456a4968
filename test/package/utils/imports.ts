// What a reader of a Markdown page copies: the import lines of this project's packages, in TypeScript and in Solidity.

export type Import = { language: "ts" | "solidity"; line: number; statement: string; specifier: string };

const BLOCK = /^( *)```(ts|typescript|js|solidity)\b.*\n([\s\S]*?)^\1```/gm;
const IMPORT = /^ *import\b[^;]*?["'](@tenure\/[^"']+)["'];?/gm;

const lineAt = (text: string, index: number) => text.slice(0, index).split("\n").length;

/** Every import of a package in the blocks of a page. */
export function importsOf(markdown: string): Import[] {
  return [...markdown.matchAll(BLOCK)].flatMap(({ 2: kind, 3: code = "", index }) =>
    [...code.matchAll(IMPORT)].map(({ 0: statement, 1: specifier = "", index: within }) => ({
      language: kind === "solidity" ? "solidity" : "ts",
      line: lineAt(markdown, index) + lineAt(code, within),
      statement: statement.trim(),
      specifier,
    })),
  );
}

/** Every path into a package that stands in a text as code: `@tenure/sdk/trust`. Patterns, with a star, are none. */
export function pathsOf(markdown: string): string[] {
  return [...markdown.matchAll(/`(@tenure\/[\w-]+\/[\w./-]+)`/g)].map(([, specifier = ""]) => specifier);
}

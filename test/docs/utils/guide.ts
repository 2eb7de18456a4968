// A guide in Markdown, made into one program: its blocks run in order, and a later one uses what an earlier one made.
import { snippetOf, usedIn } from "./snippet.ts";

/** What a guide is played with. */
export interface Props {
  /** Lets time pass on the chain. */
  wait: (seconds: number) => Promise<void>;
  /** Runs a block for a shell. */
  shell: (script: string) => Promise<void>;
  /** Checks what a comment claims. */
  is: (actual: unknown, expected: unknown) => void;
  /** Says where the guide has come to. */
  at: (line: number) => void;
  /** What the compiler made of the Solidity in the guide. */
  bytecode: `0x${string}`;
}

type Block = { language: string; code: string; line: number };

/** A block of code, or what a reader does not see: `<!-- 1800 seconds pass -->`. */
const PIECE = /^```(\w*)\n([\s\S]*?)^```$|^<!-- (\d+) seconds pass -->$/gm;

/** The blocks of a guide, and the times that pass between them. */
function piecesOf(markdown: string): (Block | { seconds: number })[] {
  return [...markdown.matchAll(PIECE)].map(({ 1: language = "", 2: code = "", 3: seconds, index }) => {
    if (seconds !== undefined) return { seconds: Number(seconds) };
    return { language, code, line: markdown.slice(0, index).split("\n").length };
  });
}

export function blocksOf(markdown: string): Block[] {
  return piecesOf(markdown).filter((piece): piece is Block => "code" in piece);
}

/** Languages whose blocks are shown and not run: pictures and output. */
const shown = new Set(["", "text"]);

/** Each block that stands alone brings its own imports, and together they may have a name once only. */
function mergeImports(lines: readonly string[]): string[] {
  const merged = new Map<string, Set<string>>();
  const others = new Set<string>();
  for (const line of lines) {
    const [, kind, names, module] = /^(import(?: type)?) \{([^}]*)\} from ("[^"]+");$/.exec(line) ?? [];
    if (names === undefined) others.add(line);
    else {
      const key = `${kind} {} from ${module};`;
      const known = merged.get(key) ?? new Set();
      for (const name of names.split(",")) if (name.trim()) known.add(name.trim());
      merged.set(key, known);
    }
  }
  return [...others, ...[...merged].map(([key, names]) => key.replace("{}", `{ ${[...names].join(", ")} }`))];
}

/** The program: `export async function play(props)`. Of an overview only the TypeScript is one. */
export function programOf(file: string, markdown: string, { isOverview = false } = {}): string {
  const imports: string[] = [];
  const steps: string[] = [];
  for (const piece of piecesOf(markdown)) {
    if ("seconds" in piece) steps.push(`await wait(${piece.seconds});`);
    else if (isOverview && piece.language !== "ts") continue;
    else if (piece.language === "ts") {
      const snippet = snippetOf(piece.code);
      imports.push(...snippet.imports.split("\n"));
      steps.push(`at(${piece.line});\n${snippet.body}`);
    } else if (piece.language === "sh") steps.push(`at(${piece.line});\nawait shell(${JSON.stringify(piece.code)});`);
    else if (piece.language !== "solidity" && !shown.has(piece.language)) {
      throw new TypeError(`${file}:${piece.line} is in ${piece.language}, which nothing here runs.`);
    }
  }
  const body = steps.join("\n\n");
  const props = usedIn(body, ["wait", "shell", "is", "at", "bytecode"]);
  return [
    `// Made of ${file}.`,
    'import type { Props } from "../../../test/docs/utils/guide.ts";',
    ...mergeImports(imports),
    `export async function play({ ${props.join(", ")} }: Props): Promise<void> {`,
    body,
    "}\n",
  ].join("\n");
}

/** A page with TypeScript alone as a module of its own, for a project elsewhere. It prints how many claims held, which are `claims`. */
export function moduleOf(markdown: string): { program: string; claims: number } {
  const blocks = blocksOf(markdown).map(({ language, code, line }) => {
    if (language !== "ts") throw new TypeError(`The block in line ${line} is in ${language}, which nothing here runs.`);
    return snippetOf(code);
  });
  const body = blocks.map(({ body }) => body).join("\n\n");
  const program = [
    'import { deepStrictEqual } from "node:assert/strict";',
    ...mergeImports(blocks.flatMap(({ imports }) => imports.split("\n"))),
    "let held = 0;",
    "const is = (actual: unknown, expected: unknown) => {",
    "  deepStrictEqual(actual, expected);",
    "  held += 1;",
    "};",
    body,
    "console.log(held);",
    // wagmi looks for blocks for ever.
    "process.exit();\n",
  ].join("\n");
  return { program, claims: body.split("await is(").length - 1 };
}

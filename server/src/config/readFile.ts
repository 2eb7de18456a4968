import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { JsonError, parseJson } from "../web/index.ts";
import { ConfigError } from "./errors.ts";
import { namedTwice } from "./namedTwice.ts";
import type { ConfigProblem } from "./problems.ts";

/** How many objects and lists may lie in each other. */
const DEPTH = 32;

/** What a file says, and what is wrong with how it says that. */
export interface ReadConfig {
  readonly given: unknown;
  readonly problems: readonly ConfigProblem[];
}

/** Reads what a configuration file says: JSON, or a module whose default export, or export `config`, it is. */
export async function readConfigFile(file: string): Promise<ReadConfig> {
  const whole = path.resolve(file);
  const fail = (message: string) => new ConfigError(whole, [{ path: "", message }]);
  if (!existsSync(whole)) throw fail("The file is not there. Say with --config where it is.");
  if (/\.[mc]?[jt]s$/.test(whole)) {
    try {
      const module: { default?: unknown; config?: unknown } = await import(pathToFileURL(whole).href);
      const config = module.default ?? module.config;
      if (config === undefined) throw new Error("it exports neither a default nor `config`");
      return { given: config, problems: [] };
    } catch (error) {
      // What a compiler says of a mistake, Node's or that of a loader (esbuild), quotes the text, in which a secret may stand.
      if (error instanceof SyntaxError || (error instanceof Error && error.name === "TransformError")) {
        throw fail("The module cannot be loaded: its syntax is wrong.");
      }
      throw fail(`The module cannot be loaded: ${error instanceof Error ? error.message : String(error)}.`);
    }
  }
  let text: string;
  try {
    text = readFileSync(whole, "utf8");
  } catch (error) {
    throw fail(`The file cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown"}).`);
  }
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    throw fail(`The file is no JSON${placeOf(text, (error as Error).message)}.`);
  }
  const problems = namedTwice(text);
  if (problems.length > 0) return { given, problems };
  try {
    return { given: parseJson(text, DEPTH), problems };
  } catch (error) {
    if (error instanceof JsonError) throw fail(`The file is JSON that can be read in two ways. ${error.message}`);
    throw error;
  }
}

/** Where a text is no JSON, as far as that is told. The rest of what is told quotes the text, in which a secret may stand. */
function placeOf(text: string, message: string): string {
  const position = / at position (\d+)(?: \(line \d+ column \d+\))?$/.exec(message)?.[1];
  if (position === undefined) return "";
  const lines = text.slice(0, Number(position)).split("\n");
  return ` from line ${lines.length}, column ${(lines.at(-1) ?? "").length + 1} on`;
}

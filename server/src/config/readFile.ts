import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { ConfigError } from "./errors.ts";

/** Reads what a configuration file says: JSON, or a module whose default export, or export `config`, it is. */
export async function readConfigFile(file: string): Promise<unknown> {
  const whole = path.resolve(file);
  const fail = (message: string) => new ConfigError(whole, [{ path: "", message }]);
  if (!existsSync(whole)) throw fail("The file is not there. Say with --config where it is.");
  if (/\.[mc]?[jt]s$/.test(whole)) {
    try {
      const module: { default?: unknown; config?: unknown } = await import(pathToFileURL(whole).href);
      const config = module.default ?? module.config;
      if (config === undefined) throw new Error("it exports neither a default nor `config`");
      return config;
    } catch (error) {
      throw fail(`The module cannot be loaded: ${error instanceof Error ? error.message : String(error)}.`);
    }
  }
  try {
    return JSON.parse(readFileSync(whole, "utf8"));
  } catch (error) {
    throw fail(`The file is no JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

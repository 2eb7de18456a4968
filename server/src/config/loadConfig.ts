import path from "node:path";
import { crossChecks } from "./crossChecks.ts";
import { ConfigError } from "./errors.ts";
import { type ConfigProblem, pathOf, problemsOf } from "./problems.ts";
import { readConfigFile } from "./readFile.ts";
import { type Config, type ConfigInput, configSchema } from "./schema.ts";
import { findSecret, type SecretSource, secret } from "./secret.ts";
import { wantedOf } from "./secretValues.ts";

/** A value of the configuration with every secret in it looked up. */
export type Revealed<value> = value extends SecretSource
  ? string
  : value extends readonly (infer item)[]
    ? Revealed<item>[]
    : value extends object
      ? { [key in keyof value]: Revealed<value[key]> }
      : value;

/** A configuration that can be used. */
export interface LoadedConfig {
  /** With defaults filled in, secrets looked up, and paths made whole from where the file is. */
  readonly config: Revealed<Config>;
  /** Where it is from. */
  readonly file: string;
  /** Values that must not be written anywhere. */
  readonly secrets: readonly string[];
}

/** Helps to write a configuration in TypeScript: `export const config = defineConfig({ … })`. */
export function defineConfig(config: ConfigInput): ConfigInput {
  return config;
}

/**
 * Reads a configuration file.
 *
 * @throws {ConfigError} with everything that is wrong in it.
 */
export async function loadConfig(file: string, env: NodeJS.ProcessEnv = process.env): Promise<LoadedConfig> {
  const { given, problems } = await readConfigFile(file);
  return parseConfig(given, path.resolve(file), env, problems);
}

/** Checks what a configuration says, read from that file, where this was wrong with it already. */
export function parseConfig(
  given: unknown,
  file: string,
  env: NodeJS.ProcessEnv,
  known: readonly ConfigProblem[] = [],
): LoadedConfig {
  const folder = path.dirname(file);
  const secrets: string[] = [];
  const problems: ConfigProblem[] = [];
  const reveal = (value: unknown, at: PropertyKey[]): unknown => {
    if (secret.safeParse(value).success) {
      const found = findSecret(value as SecretSource, folder, env);
      if ("value" in found) {
        secrets.push(found.value);
        const wanted = wantedOf(at, found.value);
        if (wanted !== undefined) {
          problems.push({ path: pathOf(at), message: `is a secret, and what ${found.place} holds is not ${wanted}.` });
        }
        return found.value;
      }
      problems.push({ path: pathOf(at), message: `is a secret, and ${found.problem}.` });
      return value;
    }
    if (Array.isArray(value)) return value.map((item, index) => reveal(item, [...at, index]));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, reveal(item, [...at, key])]));
  };
  const parsed = configSchema.safeParse(given);
  const revealed = reveal(parsed.success ? parsed.data : given, []);
  const ofTypes = parsed.success ? [] : problemsOf(configSchema, given, parsed.error);
  const told = new Set(ofTypes.map(({ path: at }) => at));
  problems.unshift(...known, ...ofTypes, ...crossChecks(given).filter(({ path: at }) => !told.has(at)));
  if (problems.length > 0) throw new ConfigError(file, problems);
  const config = revealed as Revealed<Config>;
  config.data = path.resolve(folder, config.data);
  config.policies.folder = path.resolve(folder, config.policies.folder);
  return { config, file, secrets };
}

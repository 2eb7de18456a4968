import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

/** A value that does not stand in the configuration: in a variable of the environment, or in a file. */
export const secret = z
  .union([
    z.strictObject({ env: z.string().min(1).describe("Name of a variable of the environment.") }),
    z.strictObject({ file: z.string().min(1).describe("Path of a file, whose last line break is left out.") }),
  ])
  .describe('Where a secret is: `{ "env": "NAME" }` or `{ "file": "path" }`.');

/** Where a secret is. */
export type SecretSource = z.infer<typeof secret>;

/** A secret, or why there is none: whoever tells, never tells its value. */
export type FoundSecret = { readonly value: string; readonly place: string } | { readonly problem: string };

/** Looks a secret up. */
export function findSecret(source: SecretSource, folder: string, env: NodeJS.ProcessEnv): FoundSecret {
  if ("env" in source) {
    const value = env[source.env];
    if (value === undefined || value === "") return { problem: `the variable ${source.env} is not set` };
    return { value, place: `the variable ${source.env}` };
  }
  const file = path.resolve(folder, source.file);
  try {
    const value = readFileSync(file, "utf8").replace(/\r?\n$/, "");
    return value === "" ? { problem: `the file ${file} is empty` } : { value, place: `the file ${file}` };
  } catch (error) {
    return { problem: `the file ${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown"})` };
  }
}

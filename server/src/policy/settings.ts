import { z } from "zod";
import { ACTION_FORM } from "./baseSchema.ts";
import type { PolicyProblem } from "./errors.ts";

const entityType = z
  .string()
  .regex(/^(?:[A-Za-z_]\w*::)*[A-Za-z_]\w*$/, "is no name of an entity type in Cedar, such as Tenure::Agent");

const form = z.strictObject({
  /** Types as enforcement points name them, and what they are in the schema. */
  types: z.record(z.string(), entityType).default({}),
  /** Actions by which agents do something to resources, for a tenant without a schema of its own. */
  actions: z.array(z.string().regex(ACTION_FORM, "is no name of an action")).min(1).optional(),
  /** Whether what enforcement points say of subjects counts, for subjects that are no agents. */
  subjectProperties: z.boolean().default(false),
});

/** What a tenant's `tenant.json` says. */
export type TenantSettings = z.output<typeof form>;

/** Reads `tenant.json`; a tenant without one has the defaults. */
export function readSettings(
  text: string | undefined,
  file: string,
): { readonly settings: TenantSettings; readonly problems: readonly PolicyProblem[] } {
  const otherwise = { settings: form.parse({}) };
  if (text === undefined) return { ...otherwise, problems: [] };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ...otherwise, problems: [{ file, message: `This is no JSON: ${(error as Error).message}` }] };
  }
  const { success, data, error } = form.safeParse(value);
  if (success) return { settings: data, problems: [] };
  const problems = error.issues.map(({ path, message }) => ({
    file,
    message: `${path.join(".") || "It"}: ${message}`,
  }));
  return { ...otherwise, problems };
}

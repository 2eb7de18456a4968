import type { z } from "zod";
import { Problem } from "./problem.ts";

/**
 * A value by a schema.
 *
 * @param what Which part of the request it is, for the sentence that says what is wrong.
 * @throws Problem of 400 that names the first thing that does not fit.
 */
export function validate<Schema extends z.ZodType>(schema: Schema, value: unknown, what: string): z.output<Schema> {
  const result = schema.safeParse(value, { reportInput: false });
  if (result.success) return result.data;
  throw new Problem(400, "invalid_request", explain(result.error, what));
}

/** The first thing that does not fit, in a sentence. */
export function explain({ issues: [first] }: z.ZodError, what: string): string {
  const path = first?.path.map(String).join(".") ?? "";
  const place = path === "" ? what : `\`${path.length > 80 ? `${path.slice(0, 80)}…` : path}\` of ${what}`;
  return `${place[0]?.toUpperCase()}${place.slice(1)} is not as it has to be: ${first?.message ?? "it does not fit"}.`;
}

import { z } from "zod";
import { didYouMean } from "./didYouMean.ts";

/** Something in a configuration, or around it, that is not as it has to be. */
export interface ConfigProblem {
  /** Where, such as `chains[0].id`; empty for the whole. */
  readonly path: string;
  /** What, and what to do. Values of secrets never stand in it. */
  readonly message: string;
}

/** A path, as people write it. */
export function pathOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return text === "" ? String(part) : `${text}.${String(part)}`;
  }, "");
}

/** Keys under which somebody may have put a secret in the open: what stands there is not repeated. */
const PRIVATE = /key|token|secret|password|rpc|url/i;

/** The problems that a schema found, with the value that is there, and for an unknown key the one that was meant. */
export function problemsOf(schema: z.ZodType, given: unknown, error: z.ZodError): ConfigProblem[] {
  return error.issues.flatMap((issue) => describe(schema, given, issue.path, issue));
}

function describe(schema: z.ZodType, given: unknown, path: PropertyKey[], issue: z.core.$ZodIssue): ConfigProblem[] {
  if (issue.code === "unrecognized_keys") {
    const known = keysAt(schema, path);
    return issue.keys.map((key) => {
      const meant = didYouMean(key, known);
      const hint = meant === undefined ? `Known are ${known.join(", ")}.` : `Did you mean ${meant}?`;
      return { path: pathOf([...path, key]), message: `is not a key of the configuration. ${hint}` };
    });
  }
  const value = valueAt(given, path);
  if (value === undefined) return [{ path: pathOf(path), message: "is missing." }];
  const shown = path.some((part) => PRIVATE.test(String(part))) ? "" : ` (it is ${short(value)})`;
  const message = messageOf(issue);
  return [{ path: pathOf(path), message: `${message}${shown}.` }];
}

function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_union") return unionMessage(issue);
  // Of a name that is wrong itself.
  if (issue.code === "invalid_key") return lower(issue.issues[0]?.message ?? issue.message);
  return lower(issue.message);
}

/** What each of several ways to write a value would have taken, once each. */
function unionMessage({ errors }: z.core.$ZodIssueInvalidUnion): string {
  const ways = new Set(errors.flatMap((way) => way.slice(0, 1).map(({ message }) => lower(message))));
  return ways.size === 0 ? "is not one of the ways to write it" : [...ways].join(", or ");
}

const lower = (message: string) => message.replace(/^Invalid input: /, "").replace(/\.$/, "");

/** A value, where it is a plain one. In an object or a list anything may stand, also what is private. */
function short(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function valueAt(given: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, part) => (value as Record<PropertyKey, unknown> | undefined)?.[part], given);
}

/** Keys that the schema knows at a path. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at: JsonSchema | undefined = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;
  for (const part of path) {
    at = typeof part === "number" ? at?.items : (at?.properties?.[String(part)] ?? at?.additionalProperties);
  }
  return Object.keys(at?.properties ?? {});
}

/** As much of JSON Schema as is walked here. */
export interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly additionalProperties?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

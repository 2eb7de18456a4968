import { z } from "zod";
import type { JsonSchema } from "./problems.ts";
import { configSchema } from "./schema.ts";

/** The JSON Schema of the configuration, for editors: `tenure.config.schema.json` of the package. */
export function configJsonSchema(): object {
  return z.toJSONSchema(configSchema, { io: "input", unrepresentable: "any" });
}

/** The table of everything that can be configured, in Markdown: `configuration.md` of the package. */
export function configTable(): string {
  const rows: string[] = [];
  walk("", configJsonSchema() as JsonSchema, rows);
  return [
    "# Configuration",
    "",
    'Made from `src/config/schema.ts`. A secret is `{ "env": "NAME" }` or `{ "file": "path" }`; paths are those from where the file is.',
    "",
    "| key | default | what |",
    "|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

function walk(path: string, schema: JsonSchema, rows: string[]): void {
  for (const [key, value] of Object.entries(schema.properties ?? {})) {
    if (key === "$schema") continue;
    const own = path === "" ? key : `${path}.${key}`;
    const isSection = value.properties !== undefined && value.description === undefined;
    if (!isSection) rows.push(`| \`${own}\` | ${defaultOf(schema, key, value)} | ${wordsOf(value)} |`);
    walk(own, value, rows);
    if (value.items !== undefined) walk(`${own}[]`, value.items, rows);
    if (typeof value.additionalProperties === "object") walk(`${own}.*`, value.additionalProperties, rows);
  }
}

function defaultOf(parent: JsonSchema, key: string, value: JsonSchema): string {
  if (value.default !== undefined) return `\`${JSON.stringify(value.default)}\``;
  return parent.required?.includes(key) ? "required" : "–";
}

function wordsOf({ description = "", enum: words }: JsonSchema): string {
  const listed = words === undefined ? "" : ` One of ${words.map((word) => `\`${word}\``).join(", ")}.`;
  return `${description}${listed}`.trim();
}

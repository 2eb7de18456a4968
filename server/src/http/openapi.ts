import { z } from "zod";
import type { RouteDescription } from "../web/index.ts";
import { problemSchema } from "./schemas/index.ts";

/** JSON, as a document has it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json | undefined };

/** What the document says beside the routes. */
export interface OpenApiOptions {
  readonly version: string;
  /** Where the server is reached. */
  readonly url: string;
  /**
   * Whether answers may have no names beside those that are said: for whoever tests the server. Others have to pass over names that they
   * do not know, so that new ones can come.
   */
  readonly isStrict?: boolean | undefined;
}

const PROBLEMS: Readonly<Record<number, string>> = {
  400: "The request cannot be understood.",
  401: "The request does not say who asks.",
  403: "Whoever asks may not ask this.",
  404: "There is no such thing.",
  405: "The method is not taken here.",
  408: "The content did not come in time.",
  410: "What came after the cursor is not known any more.",
  413: "The content is too large.",
  414: "The path and the query are too long.",
  415: "The content is of a kind that is not read here.",
  429: "Too many requests.",
  503: "This cannot be answered now.",
};

function schemaOf(schema: z.ZodType, io: "input" | "output", isStrict = true): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    target: "draft-2020-12",
    io,
    override: ({ jsonSchema }) => {
      if (!isStrict && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return rest as Json;
}

/** Each name of an object as a parameter. */
function parametersOf(schema: z.ZodObject, place: "path" | "query"): Json[] {
  const required = new Set(schemaRequired(schema));
  return Object.entries(schema.shape).map(([name, part]) => {
    const { description, ...type } = schemaOf(part as z.ZodType, "output") as Record<string, Json | undefined>;
    return {
      ...{ name, in: place, required: place === "path" || required.has(name), schema: type },
      ...(description === undefined ? {} : { description }),
    };
  });
}

/** The names that a sender has to say: one with a default they need not. */
function schemaRequired(schema: z.ZodObject): readonly string[] {
  return Object.entries(schema.shape)
    .filter(([, part]) => !(part as z.ZodType).safeParse(undefined).success)
    .map(([name]) => name);
}

function operationOf(route: RouteDescription, isStrict: boolean): Json {
  const { operationId, summary, params, query, body, answer, type, errors, isGuarded } = route;
  const problem = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };
  const statuses = [...new Set([400, ...(isGuarded ? [401, 403] : []), ...errors])].sort();
  const failures = statuses.map((status) => [status, { description: PROBLEMS[status] ?? "", content: problem }]);
  const schema = schemaOf(answer, "output", isStrict);
  return {
    operationId,
    summary,
    parameters: [...parametersOf(params, "path"), ...parametersOf(query, "query")],
    ...(body && {
      requestBody: { required: true, content: { "application/json": { schema: schemaOf(body, "input") } } },
    }),
    ...(isGuarded ? { security: [{ token: [] }] } : { security: [] }),
    responses: {
      200: { description: "The answer.", content: { [type]: { schema } } },
      ...Object.fromEntries(failures),
    },
  };
}

/** The document of OpenAPI 3.1 of some routes, out of the schemas that validate. */
export function openApiOf(
  routes: readonly RouteDescription[],
  { version, url, isStrict = false }: OpenApiOptions,
): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route, isStrict) };
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "Tenure",
      version,
      description: "Agents, what is known of them, and decisions about them.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url }],
    paths,
    components: {
      schemas: { Problem: schemaOf(problemSchema, "output", isStrict) },
      securitySchemes: { token: { type: "http", scheme: "bearer" } },
    },
  };
}

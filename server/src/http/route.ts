import type { Context } from "hono";
import { z } from "zod";
import { answer, type ContentLimits, Problem, type RouteDescription, readJson, validate } from "../web/index.ts";
import type { momentSchema } from "./schemas/index.ts";

/** A route, and what it does. */
export interface Route extends RouteDescription {
  readonly respond: (context: Context, limits: ContentLimits) => Promise<Response>;
}

/** What came with a request, by the schemas of its route. */
interface Input<Params extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodObject> {
  readonly params: z.output<Params>;
  readonly query: z.output<Query>;
  readonly body: z.output<Body>;
  readonly request: Request;
}

interface RouteOptions<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodObject,
  Answer extends z.ZodType,
> extends Pick<RouteDescription, "method" | "path" | "operationId" | "summary"> {
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly answer: Answer;
  readonly errors?: readonly number[];
  readonly handle: (input: Input<Params, Query, Body>) => Promise<z.output<Answer>>;
}

const nothing = z.strictObject({});

/** Makes a route that answers in JSON, and says in a field of the answer where it is behind. */
export function route<
  Answer extends z.ZodType,
  Params extends z.ZodObject = typeof nothing,
  Query extends z.ZodObject = typeof nothing,
  Body extends z.ZodObject = typeof nothing,
>(options: RouteOptions<Params, Query, Body, Answer>): Route {
  const { params = nothing, query = nothing, body, errors = [], handle, ...rest } = options;
  return {
    ...{ ...rest, params, query, body, errors, type: "application/json", isGuarded: false },
    async respond(context, limits) {
      const request = context.req.raw;
      const input = {
        params: validate(params, context.req.param(), "the path"),
        query: readQuery(query, request),
        body: body && validate(body, await readJson(request, { limits, wrongTypeStatus: 415 }), "the request"),
        request,
      };
      const said = await handle(input as Input<Params, Query, Body>);
      return answer(said, behindOf(said));
    },
  };
}

/** Each name once, and none that is not known: a filter that is misspelt would let everything through. */
export function readQuery<Query extends z.ZodObject>(query: Query, request: Request): z.output<Query> {
  const { searchParams } = new URL(request.url);
  const names = [...searchParams.keys()];
  if (new Set(names).size < names.length) {
    throw new Problem(400, "invalid_request", "A name comes twice in the query. Say each once.");
  }
  return validate(query, Object.fromEntries(searchParams), "the query");
}

/** Seconds by which an answer is behind, where that is too much to decide by. */
function behindOf(said: unknown): Record<string, string> {
  const at = (said as { at?: z.output<typeof momentSchema> }).at;
  return at === undefined || at.isFresh ? {} : { "tenure-behind": String(Math.ceil(Math.max(at.lag, at.age))) };
}

import { type Context, Hono } from "hono";
import type { Directory } from "../types/directory.ts";
import {
  answer,
  endpoint,
  type OnError,
  Problem,
  type RateLimit,
  type RouteDescription,
  rateLimit,
} from "../web/index.ts";
import { streamsOf } from "./events/streams.ts";
import { HTTP_LIMITS, type HttpLimits } from "./limits.ts";
import { openApiOf } from "./openapi.ts";
import type { Route } from "./route.ts";
import { identityRoutes } from "./routes/identities.ts";
import { relationRoutes } from "./routes/relations.ts";
import { requirementRoute } from "./routes/requirements.ts";

/** How what is known of identities is put behind HTTP. */
export interface HttpOptions {
  /** One for each registry. */
  readonly directories: readonly Directory[];
  /** Where programs reach the server, for the document. */
  readonly publicUrl: string;
  /** The version of what is served, for the document. */
  readonly version: string;
  readonly limits?: Partial<HttpLimits> | undefined;
  /**
   * Who sent a request: an address, or whoever a proxy says. Without it nobody is told from others, and all may take what there is
   * for all.
   */
  readonly senderOf?: ((context: Context) => string) | undefined;
  /** How much one sender may ask. It needs `senderOf`. */
  readonly rate?: RateLimit | undefined;
  /** Routes of other rooms, for the document. */
  readonly otherRoutes?: readonly RouteDescription[] | undefined;
  /** Told of what could not be read. */
  readonly onError?: OnError | undefined;
}

/** The routes, running. */
export interface HttpApi {
  /** To serve, or to mount at the root of another application. */
  readonly app: Hono;
  /** What the routes take and answer. */
  readonly routes: readonly RouteDescription[];
  /** How many streams of events are open. */
  readonly openStreams: () => number;
  /** Ends every stream, and opens no more. To be called before the server is closed, which waits for them. */
  readonly close: () => void;
}

/**
 * The routes about identities and events.
 *
 * @param options What they read, and how much of it for whom.
 */
export function http({
  directories,
  publicUrl,
  version,
  senderOf,
  rate,
  otherRoutes = [],
  onError,
  ...options
}: HttpOptions): HttpApi {
  const limits: HttpLimits = { ...HTTP_LIMITS, ...options.limits };
  const means = { directories, limits, senderOf, onError };
  const streams = streamsOf(means);
  const routes: readonly Route[] = [
    ...identityRoutes(means),
    ...relationRoutes(means),
    requirementRoute(means),
    streams.route,
  ];
  const document = openApiOf([...routes, ...otherRoutes], { version, url: publicUrl });
  const take = rate && rateLimit(rate);
  const app = new Hono();

  const mount = (
    path: string,
    methods: readonly ("GET" | "POST")[],
    handle: (context: Context) => Promise<Response>,
  ) => {
    const guarded = async (context: Context) => {
      if (senderOf !== undefined) take?.(senderOf(context));
      const { pathname, search } = new URL(context.req.url);
      if (pathname.length + search.length > limits.target) {
        throw new Problem(
          414,
          "target_too_long",
          `The path and the query are longer than ${limits.target} characters.`,
        );
      }
      return handle(context);
    };
    app.all(path, endpoint({ methods, handle: guarded, onError }));
  };

  for (const { path, method, respond } of routes) {
    mount(path.replaceAll(/\{(\w+)\}/g, ":$1"), [method], (context) => respond(context, limits.content));
  }
  mount("/openapi.json", ["GET"], async () => answer(document, { "cache-control": "public, max-age=300" }));
  return { app, routes, openStreams: streams.count, close: streams.close };
}

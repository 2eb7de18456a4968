import type { Context, Handler } from "hono";
import { Problem, problemOf } from "./problem.ts";

/** Told of what went wrong here, before it is answered: for logs. What it throws changes nothing. */
export type OnError = (error: unknown, request: Request) => void;

/** What an endpoint takes and does. */
export interface EndpointOptions {
  /** The methods, GET among them where HEAD is. */
  readonly methods: readonly ("GET" | "POST")[];
  readonly handle: (context: Context) => Response | Promise<Response>;
  readonly onError?: OnError | undefined;
}

const REQUEST_ID = "x-request-id";
const LONGEST_ID = 1_024;

/** The sender's own name for a request, if they gave it one. */
export function requestIdOf(request: Request): string | undefined {
  return request.headers.get(REQUEST_ID) ?? undefined;
}

/**
 * A handler for all methods of a path: others than its own are 405, what it throws is answered as a problem, and each answer has
 * the request's `X-Request-ID`.
 */
export function endpoint({ methods, handle, onError }: EndpointOptions): Handler {
  const allowed = methods.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method]));
  return async (context) => {
    const request = context.req.raw;
    const id = requestIdOf(request);
    let response: Response;
    try {
      if (!allowed.includes(request.method)) throw notAllowed(request.method, allowed);
      if (id !== undefined && id.length > LONGEST_ID) {
        throw new Problem(400, "request_id_too_long", `\`X-Request-ID\` is longer than ${LONGEST_ID} characters.`);
      }
      response = await handle(context);
    } catch (error) {
      if (!(error instanceof Problem)) tell(onError, error, request);
      response = problemOf(error).toResponse();
    }
    if (id !== undefined) response.headers.set(REQUEST_ID, id);
    return response;
  };
}

function notAllowed(method: string, allowed: readonly string[]): Problem {
  const detail = `${method} is not taken here, but ${allowed.join(" and ")}.`;
  return new Problem(405, "method_not_allowed", detail, { allow: allowed.join(", ") });
}

function tell(onError: OnError | undefined, error: unknown, request: Request): void {
  try {
    onError?.(error, request);
  } catch {
    // Whoever writes logs must not make one error into another.
  }
}

/** The answer where no path fits. */
export function notFound(): Response {
  return new Problem(404, "unknown_path", "There is nothing at this path.").toResponse();
}

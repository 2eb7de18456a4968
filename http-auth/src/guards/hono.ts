import type { MiddlewareHandler } from "hono";
import type { Caller } from "../verify/types.ts";
import { guardOf } from "./guard.ts";
import type { GuardOptions } from "./types.ts";

/** What a handler behind the guard finds in its context. */
export interface CallerVariables {
  caller: Caller;
}

/**
 * A guard for Hono: `app.use(honoGuard(options))`, before whatever reads content. Handlers find who called in `c.get("caller")`.
 *
 * @param options The routes, how callers are checked, and who decides.
 * @returns Middleware. It answers refusals in `application/problem+json`, and `/.well-known/erc8128`.
 * @throws InvalidOptionError when the options cannot work.
 */
export function honoGuard(options: GuardOptions): MiddlewareHandler<{ Variables: CallerVariables }> {
  const guard = guardOf(options);
  return async (context, next) => {
    const request = context.req.raw;
    const document = guard.discovery(request);
    if (document !== undefined) return document;
    try {
      context.set("caller", await guard.admit(request));
    } catch (error) {
      const answer = guard.refusal(error);
      if (answer !== undefined) return answer;
      throw error;
    }
    return next();
  };
}

import type { Caller } from "../verify/types.ts";
import { guardOf } from "./guard.ts";
import type { GuardOptions } from "./types.ts";

/**
 * Puts a guard before a handler of the Fetch API, as in workers, Deno, Bun, and the route handlers of many frameworks.
 *
 * @param handler What answers requests that are let in. It is told who sent them, and gets whatever else the guard is called with.
 * @param options The routes, how callers are checked, and who decides.
 * @returns The guarded handler. It answers refusals in `application/problem+json`, and `/.well-known/erc8128`.
 * @throws InvalidOptionError when the options cannot work.
 */
export function fetchGuard<Rest extends readonly unknown[]>(
  handler: (request: Request, caller: Caller, ...rest: Rest) => Response | Promise<Response>,
  options: GuardOptions,
): (request: Request, ...rest: Rest) => Promise<Response> {
  const guard = guardOf(options);
  return async (request, ...rest) => {
    const document = guard.discovery(request);
    if (document !== undefined) return document;
    let caller: Caller;
    try {
      caller = await guard.admit(request);
    } catch (error) {
      const answer = guard.refusal(error);
      if (answer !== undefined) return answer;
      throw error;
    }
    return handler(request, caller, ...rest);
  };
}

import type { Caller } from "../verify/types.ts";
import { guardOf } from "./guard.ts";
import { type IncomingRequest, requestFrom } from "./incoming.ts";
import { type OutgoingResponse, sendResponse } from "./outgoing.ts";
import type { GuardOptions } from "./types.ts";

declare global {
  namespace Express {
    interface Request {
      /** Who sent the request, behind an `expressGuard`. */
      caller: Caller;
    }
  }
}

/** A request of Express, as far as it is read here. */
export interface ExpressRequest extends IncomingRequest {
  readonly originalUrl: string;
  caller: Caller;
}

/**
 * A guard for Express: `app.use(expressGuard(options))`, before any parser of content: the bytes as they came are what was signed.
 * Parsers read them afterwards. Handlers find who called in `request.caller`.
 *
 * @param options The routes, how callers are checked, and who decides.
 * @returns Middleware. It answers refusals in `application/problem+json`, and `/.well-known/erc8128`.
 * @throws InvalidOptionError when the options cannot work.
 */
export function expressGuard(
  options: GuardOptions,
): (request: ExpressRequest, response: OutgoingResponse, next: (error?: unknown) => void) => Promise<void> {
  const guard = guardOf(options);
  return async (incoming, outgoing, next) => {
    try {
      const request = requestFrom(incoming, { ...options, target: incoming.originalUrl });
      const document = guard.discovery(request);
      if (document !== undefined) return await sendResponse(document, incoming, outgoing);
      incoming.caller = await guard.admit(request);
    } catch (error) {
      const answer = guard.refusal(error);
      return answer === undefined ? next(error) : sendResponse(answer, incoming, outgoing);
    }
    next();
  };
}

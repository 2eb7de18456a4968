import { DELEGATION_STATUS_BY_CODE, OWN_STATUS_BY_CODE, STATUS_BY_CODE } from "../constants.ts";
import type { AccessCode } from "./refusal.ts";

/** The body of a refusal, as RFC 9457 has it, with the stable code as `reason`. */
export interface Problem {
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly reason: AccessCode;
  /** What the platform's decision point said, where it was the one that refused. */
  readonly reasons?: readonly string[];
}

const TITLES: Readonly<Record<number, string>> = {
  400: "The request or its signature cannot be read",
  401: "The request does not prove who sent it",
  403: "The caller may not do this",
  404: "There is nothing here",
  405: "The method is not allowed here",
  413: "The content is too large",
  421: "The request is for another host",
  503: "Who sent the request cannot be checked now",
};

/** The status that answers a code. */
export function statusOf(code: AccessCode): number {
  return { ...STATUS_BY_CODE, ...DELEGATION_STATUS_BY_CODE, ...OWN_STATUS_BY_CODE }[code];
}

/**
 * Thrown when a request is not let in. It is an answer as well: `toResponse()`, or `status`, `headers` and `problem` for a
 * framework. Nothing in it is secret, and nothing that the caller sent is in it beyond 80 escaped characters.
 */
export class AccessError extends Error {
  override readonly name = "AccessError";
  /** The stable code: of ERC-8128 or ERC-8395, or one of `OWN_STATUS_BY_CODE`. */
  readonly code: AccessCode;
  readonly status: number;
  /** `WWW-Authenticate` and, where a signature can be repaired, `Accept-Signature`. */
  readonly headers: Readonly<Record<string, string>>;
  /** What the platform's decision point said, where it was the one that refused. They are part of the answer. */
  readonly reasons: readonly string[];

  /**
   * @param code What is wrong.
   * @param detail The same in a sentence for people.
   * @param headers What goes with the answer.
   * @param reasons What a decision point said.
   */
  constructor(
    code: AccessCode,
    detail: string,
    headers: Readonly<Record<string, string>> = {},
    reasons: readonly string[] = [],
  ) {
    super(detail);
    this.code = code;
    this.status = statusOf(code);
    this.headers = headers;
    this.reasons = reasons;
  }

  /** The body of the answer, `application/problem+json`. */
  get problem(): Problem {
    const problem = { title: TITLES[this.status] ?? "", status: this.status, detail: this.message, reason: this.code };
    return this.reasons.length === 0 ? problem : { ...problem, reasons: this.reasons };
  }

  /** The answer. No cache may keep it: the next request may be let in. */
  toResponse(): Response {
    return new Response(JSON.stringify(this.problem), {
      status: this.status,
      headers: { ...this.headers, "content-type": "application/problem+json", "cache-control": "no-store" },
    });
  }
}

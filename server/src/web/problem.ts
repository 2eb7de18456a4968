/** A refusal as RFC 9457 writes it, with a stable code as `reason`. */
export interface ProblemBody {
  /** What kind of thing happened: the same for every problem of its status. */
  readonly title: string;
  readonly status: number;
  /** What happened this time, with which values, and what to do. */
  readonly detail: string;
  /** A word for programs. It stays as it is. */
  readonly reason: string;
}

const TITLES: Readonly<Record<number, string>> = {
  400: "The request cannot be understood",
  401: "The request does not say who asks",
  403: "Whoever asks may not ask this",
  404: "There is nothing here",
  405: "The method is not allowed here",
  408: "The request did not come to its end",
  413: "The content is too large",
  414: "The address is too long",
  415: "The content is of a kind that is not read here",
  429: "Too many requests",
  500: "Something went wrong here",
  503: "This cannot be answered now",
};

/**
 * Thrown when a request is answered by an error. It is the answer as well: `toResponse()`. Nothing secret is in it, and of what
 * the sender wrote no more than a short quotation.
 */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: number;
  /** The stable code. */
  readonly reason: string;
  readonly headers: Readonly<Record<string, string>>;

  /**
   * @param status The status of HTTP.
   * @param reason The stable code.
   * @param detail What happened, with which values, and what to do.
   * @param headers What goes with the answer.
   */
  constructor(status: number, reason: string, detail: string, headers: Readonly<Record<string, string>> = {}) {
    super(detail);
    this.status = status;
    this.reason = reason;
    this.headers = headers;
  }

  /** The body of the answer, `application/problem+json`. */
  get body(): ProblemBody {
    const title = TITLES[this.status] ?? "The request was refused";
    return { title, status: this.status, detail: this.message, reason: this.reason };
  }

  /** The answer. No cache may keep it: the next request may go well. */
  toResponse(): Response {
    return new Response(JSON.stringify(this.body), {
      status: this.status,
      headers: { ...this.headers, "content-type": "application/problem+json", "cache-control": "no-store" },
    });
  }
}

/** The problem that an error is to whoever asked. What they cannot help says nothing about the inside. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem(500, "internal_error", "The server made a mistake, and has noted it. Ask its operator.");
}

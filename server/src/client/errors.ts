/** What every error of the client extends. */
export class TenureServerError extends Error {
  override readonly name: string = "TenureServerError";
}

/** Thrown when the server did not answer, or not in time. Nothing is known of what it would have said. */
export class UnreachableError extends TenureServerError {
  override readonly name = "UnreachableError";
  constructor(url: string, why: string, cause: unknown) {
    super(`${url} did not answer: ${why}`, { cause });
  }
}

/** Thrown when what answered is not a server like this one, or one of another version. */
export class UnexpectedAnswerError extends TenureServerError {
  override readonly name = "UnexpectedAnswerError";
  constructor(url: string, problem: string) {
    super(`${url} answered what cannot be understood: ${problem}. Is a Tenure server there, of this version?`);
  }
}

/** What a problem says, as RFC 9457 has it. */
export interface ProblemFields {
  readonly status: number;
  readonly detail: string;
  /** A word for programs; of another server than this one it may be missing. */
  readonly reason: string;
}

/** Thrown when the server refuses a request: it is wrong, or whoever asks may not. Asking again changes nothing. */
export class RequestRefusedError extends TenureServerError {
  override readonly name: string = "RequestRefusedError";
  readonly status: number;
  /** The stable code, such as `unknown_identity`. */
  readonly reason: string;
  constructor({ status, detail, reason }: ProblemFields) {
    super(`${detail} (${status} ${reason})`);
    this.status = status;
    this.reason = reason;
  }
}

/** Thrown when the server cannot answer now. Nothing is known of what it would have said; ask again later. */
export class ServerUnavailableError extends RequestRefusedError {
  override readonly name = "ServerUnavailableError";
  /** Seconds after which to ask again, where the server said so. */
  readonly retryAfter: number | undefined;
  constructor(problem: ProblemFields, retryAfter: number | undefined) {
    super(problem);
    this.retryAfter = retryAfter;
  }
}

/** Thrown when a stream cannot go on: what came after its cursor is not known any more. Read anew, then follow from now on. */
export class CursorLostError extends RequestRefusedError {
  override readonly name = "CursorLostError";
}

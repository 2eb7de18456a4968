/** The server has ended the session, or will: shut down, crashed, database dropped, idle for too long, connection exceptions. */
const CODES = /^(57P0[1-5]|25P0[34]|08...)$/;

/** What `pg` says of a statement that nobody answered within its time. */
const NO_ANSWER = "Query read timeout";

/**
 * Whether a connection is of no use after an error. Whoever asks it for more may wait for ever: what stands between it and the server need
 * not tell that the server has gone.
 */
export function endsSession(error: unknown): boolean {
  const { cause = error } = (error ?? {}) as { cause?: unknown };
  const { code, message } = (cause ?? {}) as { code?: unknown; message?: unknown };
  return message === NO_ANSWER || (typeof code === "string" && CODES.test(code));
}

import { SessionKeyError } from "./errors.ts";
import { type OpenSessionOptions, openSession } from "./openSession.ts";
import { keyOf } from "./secrets.ts";
import type { Jwk, Session } from "./types.ts";

/** A session as data, with its private key. Whoever has it acts as the session. */
export interface ExportedSession {
  /** From the root to the session's own. Nothing in it is secret. */
  readonly grants: string;
  /** The private key, secret. */
  readonly key: Jwk;
}

/**
 * A session as data, to keep it beyond its process: as a secret, in a place for secrets.
 *
 * @param session A session that was made or opened with `extractable`.
 * @returns Grants and private key.
 * @throws SessionKeyError when the key cannot be read out.
 */
export async function exportSession(session: Session): Promise<ExportedSession> {
  const key = keyOf(session);
  if (key === undefined) throw new SessionKeyError("This is no session of `createSession` or `openSession`.");
  return { grants: session.toJSON().grants, key: await key.exportSecret() };
}

/**
 * The opposite: the session again.
 *
 * @param exported What {@link exportSession} answered.
 * @param options How requests are sent. With `extractable`, the session can be exported again.
 * @returns The session.
 * @throws GrantError when the grants cannot be read, or do not hold.
 * @throws WrongSessionKeyError when they are for another key.
 * @throws InvalidOptionError when the key is none, or the options cannot work.
 */
export function restoreSession(
  exported: ExportedSession,
  options: Omit<OpenSessionOptions, "grants" | "key"> = {},
): Promise<Session> {
  return openSession({ ...options, grants: exported.grants, key: exported.key });
}

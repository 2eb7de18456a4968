import type { Session, SessionKey } from "./types.ts";

/** The key of each session. Not in the session itself, where a log that prints an object would find it. */
const keys = /* @__PURE__ */ new WeakMap<Session, SessionKey>();

/** Keeps which key a session has. */
export function remember(session: Session, key: SessionKey): void {
  keys.set(session, key);
}

/** The key of a session of this package. */
export function keyOf(session: Session): SessionKey | undefined {
  return keys.get(session);
}

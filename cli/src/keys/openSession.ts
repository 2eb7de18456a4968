import type { Session, SessionRequestOptions } from "@tenure/http-auth";
import { UsageError } from "../errors/cliError.ts";
import type { SessionFile } from "./sessionFile.ts";
import { readSession } from "./sessionFolder.ts";

/** The grants of a session, as a field; a session that has only a key has none. */
export function grantsOf(name: string, { grants }: SessionFile): string {
  if (grants !== null) return grants;
  throw new UsageError(
    `Nothing was granted to session "${name}" yet.`,
    `Whoever grants something needs its key, as tenure session show ${name} says it; then: tenure session open ${name} --grants FILE`,
  );
}

/** Opens a session by its name. */
export async function openStored(name: string, options: SessionRequestOptions = {}): Promise<Session> {
  const stored = readSession(name);
  const grants = grantsOf(name, stored);
  const { openSession } = await import("../auth.ts");
  return openSession({ ...options, grants, key: stored.key });
}

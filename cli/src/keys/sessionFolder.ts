import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { UsageError } from "../errors/cliError.ts";
import { whyUnreadable } from "../errors/unreadable.ts";
import { surroundings } from "../surroundings.ts";
import { toJson } from "../view/output.ts";
import { homeFolder, isName, namesIn } from "./home.ts";
import { parseSession, type SessionFile } from "./sessionFile.ts";

/** Where sessions are: TENURE_HOME/sessions, which is ~/.tenure/sessions unless that is set. */
export function sessionFolder(): string {
  return homeFolder("sessions");
}

/** The names of all sessions there. */
export function sessionNames(): string[] {
  return namesIn(sessionFolder());
}

/** Where a session is, or would be. */
export function sessionPath(name: string): string {
  return path.join(sessionFolder(), `${name}.json`);
}

/** Reads a session by its name. One that others can read is no secret, and is refused. */
export function readSession(name: string): SessionFile {
  requireSession(name);
  const file = sessionPath(name);
  const { mode, isFile } = reading(name, () => {
    const found = statSync(located(file));
    return { mode: found.mode, isFile: found.isFile() };
  });
  // What is read from a pipe or a device may have no end.
  if (!isFile) throw new UsageError(`Session "${name}" cannot be read: ${file} is no file.`);
  if (process.platform !== "win32" && (mode & 0o077) !== 0) {
    throw new UsageError(
      `Other users of this machine can read session "${name}".`,
      `If there are any, make a new session, and revoke this one; else say: chmod 600 ${file}`,
    );
  }
  return parseSession(
    reading(name, () => readFileSync(located(file), "utf8")),
    name,
  );
}

function reading<result>(name: string, read: () => result): result {
  try {
    return read();
  } catch (error) {
    throw new UsageError(`Session "${name}" cannot be read: ${whyUnreadable(error)}.`);
  }
}

/** Refuses a name that no session has. */
export function requireSession(name: string): void {
  const names = sessionNames();
  if (isName(name) && names.includes(name)) return;
  throw new UsageError(
    `There is no session "${name}".`,
    names.length === 0 ? "Make one with: tenure session create NAME" : `There are: ${names.join(", ")}.`,
  );
}

/** Refuses a name that a session has, or that none can have, before anything else is done. */
export function requireNewSession(name: string): void {
  if (!isName(name)) {
    throw new UsageError(`"${name}" is not a name for a session.`, "Use letters, digits, dots, dashes, underscores.");
  }
  if (!sessionNames().includes(name)) return;
  throw new UsageError(
    `There is a session "${name}" already.`,
    "Take another name, or remove it: tenure session remove NAME.",
  );
}

/** Writes a new session that only its owner can read; never over another. */
export function writeNewSession(name: string, session: SessionFile): string {
  const folder = sessionFolder();
  try {
    mkdirSync(located(folder), { recursive: true, mode: 0o700 });
    // It may have been there, made by something else.
    chmodSync(located(folder), 0o700);
    write(sessionPath(name), session);
  } catch (error) {
    // Another command may have made it meanwhile.
    requireNewSession(name);
    throw new UsageError(`${sessionPath(name)} cannot be written: ${whyUnreadable(error)}.`);
  }
  return sessionPath(name);
}

/** Writes a session anew, all of it or nothing. */
export function replaceSession(name: string, session: SessionFile): void {
  const fresh = path.join(sessionFolder(), `.${name}.${process.pid}`);
  write(fresh, session);
  renameSync(located(fresh), located(sessionPath(name)));
}

/** Deletes a session, and its key. */
export function deleteSession(name: string): void {
  rmSync(located(sessionPath(name)));
}

function write(file: string, session: SessionFile): void {
  writeFileSync(located(file), `${toJson(session, 2)}\n`, { mode: 0o600, flag: "wx" });
}

function located(file: string): string {
  return surroundings().locate(file);
}

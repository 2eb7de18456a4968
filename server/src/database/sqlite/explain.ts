import {
  DatabaseDamagedError,
  DatabaseFullError,
  DatabaseLockedError,
  DatabaseRefusedError,
  DatabaseUnavailableError,
} from "../errors.ts";

// Primary result codes: https://www.sqlite.org/rescode.html
const BUSY = 5;
const errors: Readonly<Record<number, new (where: string, cause: unknown) => Error>> = {
  3: DatabaseRefusedError, // SQLITE_PERM
  [BUSY]: DatabaseLockedError,
  6: DatabaseLockedError, // SQLITE_LOCKED
  8: DatabaseRefusedError, // SQLITE_READONLY
  10: DatabaseUnavailableError, // SQLITE_IOERR
  11: DatabaseDamagedError, // SQLITE_CORRUPT
  13: DatabaseFullError, // SQLITE_FULL
  14: DatabaseRefusedError, // SQLITE_CANTOPEN
  26: DatabaseDamagedError, // SQLITE_NOTADB
};

/** What SQLite said, in words that say what to do; what is wrong with a statement, as it is. */
export function explainSqlite(where: string, error: unknown): unknown {
  const code = codeOf(error);
  const Known = code === undefined ? system(error) : errors[code];
  return Known === undefined ? error : new Known(where, error);
}

/** What the operating system said of a folder. */
function system(error: unknown): (typeof errors)[number] | undefined {
  const { code, syscall } = (error ?? {}) as { code?: unknown; syscall?: unknown };
  if (syscall === undefined) return undefined;
  return code === "ENOSPC" || code === "EDQUOT" ? DatabaseFullError : DatabaseRefusedError;
}

export function isBusy(error: unknown): boolean {
  return codeOf(error) === BUSY;
}

/** The lowest byte of the extended code is the primary one. */
function codeOf(error: unknown): number | undefined {
  const { errcode } = (error ?? {}) as { errcode?: unknown };
  return typeof errcode === "number" ? errcode & 0xff : undefined;
}

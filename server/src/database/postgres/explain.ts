import {
  DatabaseDamagedError,
  DatabaseFullError,
  DatabaseLockedError,
  DatabaseRefusedError,
  DatabaseUnavailableError,
} from "../errors.ts";

// https://www.postgresql.org/docs/current/errcodes-appendix.html: whole codes, and then classes.
const errors: Readonly<Record<string, new (where: string, cause: unknown) => Error>> = {
  "25006": DatabaseRefusedError, // read_only_sql_transaction: a standby
  "3D000": DatabaseRefusedError, // invalid_catalog_name
  "42501": DatabaseRefusedError, // insufficient_privilege
  "40001": DatabaseLockedError, // serialization_failure
  "40P01": DatabaseLockedError, // deadlock_detected
  "55P03": DatabaseLockedError, // lock_not_available
  "53100": DatabaseFullError, // disk_full
  "58030": DatabaseUnavailableError, // io_error
  "08": DatabaseUnavailableError, // connection_exception
  "28": DatabaseRefusedError, // invalid_authorization_specification
  "53": DatabaseUnavailableError, // insufficient_resources
  "57": DatabaseUnavailableError, // operator_intervention: shutdown, cancelled, starting up
  XX: DatabaseDamagedError, // internal_error, data_corrupted
};

/** What `pg` says of a connection that ended has no code. */
const WORDS = /connection terminated|connection error|timeout|timed out|not queryable|client was closed|socket/i;

/** What Postgres or the network said, in words that say what to do; what is wrong with a statement, as it is. */
export function explainPostgres(where: string, error: unknown): unknown {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code === "string") {
    const Known = errors[code] ?? errors[code.slice(0, 2)];
    if (/^[0-9A-Z]{5}$/.test(code)) return Known === undefined ? error : new Known(where, error);
    // What is no code of Postgres is one of the network: ECONNREFUSED, ENOTFOUND, EPIPE …
    if (/^E[A-Z]+$/.test(code)) return new DatabaseUnavailableError(where, error);
  }
  return typeof message === "string" && WORDS.test(message) ? new DatabaseUnavailableError(where, error) : error;
}

/** Where a database is, without its password. */
export function placeOf(url: string): string {
  const { protocol, hostname, port, pathname } = new URL(url);
  return `${protocol}//${hostname}${port === "" ? "" : `:${port}`}${pathname}`;
}

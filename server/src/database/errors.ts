// What a database answers in place of a result, in words that say what to do. What is no fault of the database, such as a
// statement that is wrong, is thrown as the engine says it.

/** A database failed; `cause` is what the engine said. */
export class DatabaseError extends Error {
  override readonly name: string = "DatabaseError";
}

/** The database does not answer now. The same may work in a moment. */
export class DatabaseUnavailableError extends DatabaseError {
  override readonly name = "DatabaseUnavailableError";
  constructor(where: string, cause: unknown) {
    super(
      `The database at ${where} does not answer: ${wordsOf(cause)} See that it runs and can be reached; what was asked is asked again, or can be.`,
      { cause },
    );
  }
}

/** The database refuses this server: password, name, rights. Waiting does not help. */
export class DatabaseRefusedError extends DatabaseError {
  override readonly name = "DatabaseRefusedError";
  constructor(where: string, cause: unknown) {
    super(`The database at ${where} refuses: ${wordsOf(cause)} Check its name, user, password and rights.`, { cause });
  }
}

/** There is no room to write. */
export class DatabaseFullError extends DatabaseError {
  override readonly name = "DatabaseFullError";
  constructor(where: string, cause: unknown) {
    super(
      `The database at ${where} has no room left: ${wordsOf(cause)} Nothing of what was to be written is there. Make room on its disk.`,
      { cause },
    );
  }
}

/** Somebody else holds what has to be written. */
export class DatabaseLockedError extends DatabaseError {
  override readonly name = "DatabaseLockedError";
  constructor(where: string, cause: unknown) {
    super(
      `The database at ${where} is locked by another program: ${wordsOf(cause)} Nothing was written. End what holds it, such as a backup or a console with an open transaction.`,
      { cause },
    );
  }
}

/** The database's own file is damaged. */
export class DatabaseDamagedError extends DatabaseError {
  override readonly name = "DatabaseDamagedError";
  constructor(where: string, cause: unknown) {
    super(
      `The database at ${where} is damaged: ${wordsOf(cause)} Put a backup in its place. The index alone can be made anew from the chain: remove the folder and start again.`,
      { cause },
    );
  }
}

/** Another process uses the data folder. */
export class FolderInUseError extends DatabaseError {
  override readonly name = "FolderInUseError";
  constructor(folder: string, cause?: unknown) {
    super(
      `Another process uses the data folder ${folder}. End it, or give this one a folder of its own; for several servers on the same data, use Postgres.`,
      { cause },
    );
  }
}

/** The tables were made by a newer version of this package. */
export class NewerSchemaError extends DatabaseError {
  override readonly name = "NewerSchemaError";
  constructor(room: string, found: number, known: number) {
    super(
      `The tables of \`${room}\` have version ${found}, and this version of the server knows ${known}. Start the newer server, or put back a backup from before its first start.`,
    );
  }
}

/** The right to write is somebody else's now. */
export class WriterLostError extends DatabaseError {
  override readonly name = "WriterLostError";
  constructor(writer: string, cause?: unknown) {
    super(
      `The right to write \`${writer}\` is lost: its connection to the database ended, or it was given back. Nothing that was under way was written.`,
      { cause },
    );
  }
}

/** The settings of a database cannot be used. */
export class DatabaseSettingsError extends DatabaseError {
  override readonly name = "DatabaseSettingsError";
}

/** The database was closed by this process. */
export class DatabaseClosedError extends DatabaseError {
  override readonly name = "DatabaseClosedError";
  constructor(where: string) {
    super(`The database at ${where} was closed by this process, which is ending.`);
  }
}

/** What was said, as a sentence. */
function wordsOf(cause: unknown): string {
  const words = (cause instanceof Error ? cause.message || cause.name : String(cause)).split("\n", 1)[0]?.trim() ?? "";
  const code = (cause as { code?: unknown } | undefined)?.code;
  const text = words === "" ? String(code ?? "no reason given") : words;
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** Something about the log of decisions. */
export class LogError extends Error {
  override name = "LogError";
}

/** A line could not be made durable. Nothing of it counts, and the decision must not be told. */
export class LogUnavailableError extends LogError {
  override name = "LogUnavailableError";
  constructor(cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    super(`The decision could not be written to the log, so it is not told: ${why}`, { cause });
  }
}

/** More decisions wait for the log than it takes. */
export class LogBusyError extends LogError {
  override name = "LogBusyError";
  constructor(waiting: number) {
    super(`${waiting} decisions wait for the log already. Ask again in a moment, or let the log lie on a faster disk.`);
  }
}

/** A line would be longer than lines may be. */
export class LogLineTooLongError extends LogError {
  override name = "LogLineTooLongError";
  constructor(bytes: number, limit: number) {
    super(`The decision takes ${bytes} bytes in the log, and ${limit} are the limit. Ask with shorter names.`);
  }
}

/** Another process writes to the log. */
export class LogInUseError extends LogError {
  override name = "LogInUseError";
  constructor(folder: string) {
    super(
      `Another process writes to the log in ${folder}. Stop it, give this one a folder of its own, or use a database that several processes share.`,
    );
  }
}

/** What is stored is not what was written. Nothing is changed: it is evidence. */
export class LogDamagedError extends LogError {
  override name = "LogDamagedError";
  constructor(where: string, what: string) {
    super(
      `The log is damaged at ${where}: ${what} Nothing was changed. Check the whole log, keep the folder as evidence, and restore a backup or begin a new log in another folder.`,
    );
  }
}

/** Lines were removed that an answer would need. */
export class LogRemovedError extends LogError {
  override name = "LogRemovedError";
  constructor(place: number, first: number) {
    super(`Line ${place} of the log was removed; the oldest that is kept is line ${first}. Ask a backup for it.`);
  }
}

/** The log has no such line. */
export class LogPlaceError extends LogError {
  override name = "LogPlaceError";
}

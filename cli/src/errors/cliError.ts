/** Exit statuses, as documented in docs/cli.md. */
export const Status = { ok: 0, refused: 1, usage: 2, unknown: 3, interrupted: 130 } as const;

/** What a user is told in one sentence, and what to do about it in another. */
class CliError extends Error {
  readonly status: number;
  readonly hint: string | undefined;

  constructor(status: number, message: string, hint?: string) {
    super(message);
    this.status = status;
    this.hint = hint;
  }
}

/** The command, its environment or its files are wrong: the same command cannot succeed anywhere. */
export class UsageError extends CliError {
  override readonly name: string = "UsageError";

  constructor(message: string, hint?: string) {
    super(Status.usage, message, hint);
  }
}

/** The password does not open the keystore. */
export class WrongPasswordError extends UsageError {
  override readonly name = "WrongPasswordError";
}

/** What was asked cannot be done on this chain, or not now. */
export class RefusedError extends CliError {
  override readonly name: string = "RefusedError";

  constructor(message: string, hint?: string) {
    super(Status.refused, message, hint);
  }
}

/** The key speaks for no identity. */
export class NoIdentityError extends RefusedError {
  override readonly name = "NoIdentityError";
}

/** A server did not do what a signed request asked for, and says so. */
export class RequestRefusedError extends RefusedError {
  override readonly name = "RequestRefusedError";
}

/** A signed request was sent, and its answer got lost: nobody here knows what came of it. */
export class AnswerLostError extends CliError {
  override readonly name = "AnswerLostError";

  constructor(message: string, hint?: string) {
    super(Status.unknown, message, hint);
  }
}

/** Whoever was asked something left. There is nobody to tell. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";
}

export function isCliError(error: unknown): error is CliError {
  return error instanceof CliError;
}

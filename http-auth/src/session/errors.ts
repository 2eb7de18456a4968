import { quote } from "../errors/quote.ts";

/** Thrown when a request goes to an origin that a session's grants do not name. Nothing was signed or sent. */
export class OutsideAudienceError extends Error {
  override readonly name = "OutsideAudienceError";
  /** Where the request goes. */
  readonly origin: string;
  /** Where the session may act. */
  readonly audiences: readonly string[];

  constructor(origin: string, audiences: readonly string[]) {
    super(
      `The session may act at ${audiences.join(", ")}, and the request goes to ${quote(origin)}. Ask for a grant that names that origin.`,
    );
    this.origin = origin;
    this.audiences = audiences;
  }
}

/** Thrown when the grants of a session have ended, or have not begun. */
export class SessionEndedError extends Error {
  override readonly name = "SessionEndedError";
  /** Seconds since 1970. */
  readonly validAfter: number;
  /** Seconds since 1970. */
  readonly validUntil: number;

  constructor(validAfter: number, validUntil: number, now: number) {
    const when = now < validAfter ? `begins in ${validAfter - now} s` : `ended ${now - validUntil} s ago`;
    super(`The session ${when}. ${now < validAfter ? "Wait, or set the clock right." : "Make a new one."}`);
    this.validAfter = validAfter;
    this.validUntil = validUntil;
  }
}

/** Thrown when a grant would be wider than the one that it is to stand below. Nothing was signed. */
export class GrantTooWideError extends Error {
  override readonly name = "GrantTooWideError";
  /** What is too wide, in words: such as `permission "orders:write" at "https://api.example"`. */
  readonly widenings: readonly string[];

  constructor(widenings: readonly string[], mayHandOn: boolean) {
    const what = `The grant would be wider than the session's own: ${widenings.join(", ")}.`;
    super(mayHandOn ? `${what} Narrow it.` : `${what} The session may hand nothing on: \`remainingDelegations\` is 0.`);
    this.widenings = widenings;
  }
}

/** Thrown when a key is not the one that the last of some grants is for. */
export class WrongSessionKeyError extends Error {
  override readonly name = "WrongSessionKeyError";
  /** Whom the grants are for. */
  readonly expected: string;
  /** Whose key was given. */
  readonly actual: string;

  constructor(expected: string, actual: string) {
    super(`The grants are for ${expected}, and the key is that of ${actual}. Open the session with its own key.`);
    this.expected = expected;
    this.actual = actual;
  }
}

/** Thrown when a key cannot be read out, or cannot be made where this runs. */
export class SessionKeyError extends Error {
  override readonly name = "SessionKeyError";
}

/** Thrown when the registry of revocations does not say an issuer's epoch. No grant was signed. */
export class EpochUnavailableError extends Error {
  override readonly name = "EpochUnavailableError";
  /** Who was to issue a grant. */
  readonly issuer: string;

  constructor(issuer: string, cause?: unknown) {
    super(`The registry of revocations does not say the epoch of ${issuer}. Check \`revocations\`, or try again.`, {
      cause,
    });
    this.issuer = issuer;
  }
}

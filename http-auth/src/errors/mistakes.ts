/** Thrown when a verifier or a signer is set up in a way that cannot work. */
export class InvalidOptionError extends Error {
  override readonly name = "InvalidOptionError";
  /** The option, by its name. */
  readonly option: string;

  constructor(option: string, problem: string) {
    super(`\`${option}\` ${problem}`);
    this.option = option;
  }
}

/** An option that has to be an integer, or `InvalidOptionError`. */
export function positive(option: string, value: number, least = 1): number {
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new InvalidOptionError(option, `is no integer of ${least} or more.`);
}

/** Thrown when something is asked for that takes a package which is not installed. */
export class MissingPackageError extends Error {
  override readonly name = "MissingPackageError";
  /** The package, as npm names it. */
  readonly package: string;

  constructor(name: string, options?: ErrorOptions) {
    super(`\`${name}\` is not installed, or cannot be loaded here. Install it: npm install ${name}`, options);
    this.package = name;
  }
}

/** Thrown when a request cannot be signed as it is. */
export class UnsignableRequestError extends Error {
  override readonly name = "UnsignableRequestError";
}

/** Thrown when a request is given to a verifier after somebody has read its content, so that its digest cannot be checked. */
export class ContentConsumedError extends Error {
  override readonly name = "ContentConsumedError";

  constructor() {
    super(
      "The content of the request was read before it was verified. Verify it first, or give the verifier a clone of it.",
    );
  }
}

/** Thrown when content is longer than what is read of it. */
export class ContentTooLargeError extends Error {
  override readonly name = "ContentTooLargeError";
  /** Bytes that are read at most. */
  readonly limit: number;

  constructor(limit: number) {
    super(`The content is longer than ${limit} bytes.`);
    this.limit = limit;
  }
}

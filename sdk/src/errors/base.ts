import { BaseError } from "viem";
import type { PeriodClock } from "../codecs/period.ts";

/** What went wrong underneath, and what is known beside what the contract said. */
export type ErrorOptions = {
  /** The error that viem reported. */
  cause?: Error | undefined;
  /** How the registry counts periods, so that the error names dates. Without it, periods are named by number. */
  clock?: PeriodClock | undefined;
};

/**
 * What every error of this package extends; itself an error of viem. Tell errors apart by `name`, which is stable and
 * survives two copies of a package in one tree.
 *
 * @example
 * try {
 *   await pulse(client, { id: 7 });
 * } catch (error) {
 *   if (isTenureError(error)) console.error(error.name, error.shortMessage);
 * }
 */
export class TenureError extends BaseError {
  declare name: string;
  /** Where the documentation explains it, in the repository and, without `docs/`, in the site: `docs/errors.md#…`. */
  declare docsPath: string;
  /** Tells errors of this package from others, across copies of it. */
  readonly isTenureError = true;

  /**
   * @param name - The name of its class, which a bundler may shorten in the class itself.
   * @param shortMessage - What is wrong, in one sentence.
   * @param advice - What to do about it.
   * @param options - The error underneath.
   */
  constructor(name: string, shortMessage: string, advice?: string, options: ErrorOptions = {}) {
    super(shortMessage, {
      ...(advice !== undefined && { metaMessages: [advice] }),
      // A path without a host: there is no one place where the documentation is, and viem would name its own.
      docsBaseUrl: "",
      docsPath: `docs/errors.md#${name.toLowerCase()}`,
    });
    this.name = name;
    // Not handed to viem, which would repeat the cause's details, raw hexadecimal among them, in this message.
    if (options.cause !== undefined) this.cause = options.cause;
  }
}

/**
 * What every error extends that a contract of Tenure gave as its reason to refuse. `args` are its values.
 *
 * @example
 * if (error instanceof ContractError) console.error(error.name, error.args);
 */
export class ContractError<args extends object = object> extends TenureError {
  /** The values that the contract gave. */
  readonly args: args;

  /**
   * @param name - The name of its class.
   * @param args - The values that the contract gave.
   * @param shortMessage - What is wrong, in one sentence.
   * @param advice - What to do about it.
   * @param options - The error underneath.
   */
  constructor(name: string, args: args, shortMessage: string, advice?: string, options?: ErrorOptions) {
    super(name, shortMessage, advice, options);
    this.args = args;
  }
}

/**
 * Whether something thrown is an error of this package, whichever copy of it made it.
 *
 * @param error - What was thrown.
 * @returns True for an error of this package.
 *
 * @example
 * if (isTenureError(error)) console.error(error.shortMessage);
 */
export function isTenureError(error: unknown): error is TenureError {
  return typeof error === "object" && error !== null && "isTenureError" in error && error.isTenureError === true;
}

import { show } from "./arguments.ts";
import { type ErrorOptions, TenureError } from "./base.ts";

/** What came from somewhere else is not the signature that it was taken for. */
export class InvalidSignedError extends TenureError {
  override readonly name = "InvalidSignedError";
  /** The field that is wrong; undefined where it is no signature at all. */
  readonly field: string | undefined;

  constructor(
    { field, value, expected }: { field?: string | undefined; value: unknown; expected: string },
    options?: ErrorOptions,
  ) {
    super(
      field === undefined
        ? `${show(value)} is not a signature of this package.`
        : `A signature of this package cannot have ${show(value)} as ${field}.`,
      field === undefined ? `It is ${expected}.` : `\`${field}\` is ${expected}.`,
      options,
    );
    this.field = field;
  }
}

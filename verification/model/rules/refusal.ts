/** A rule was broken: the custom error that the contract must revert with, arguments included. */
export class Refusal extends Error {
  readonly error: string;
  readonly args: unknown[];

  constructor(error: string, args: unknown[]) {
    super(`${error}(${args.join(", ")})`);
    this.error = error;
    this.args = args;
  }
}

export function refuse(error: string, ...args: unknown[]): never {
  throw new Refusal(error, args);
}

import type { Failure } from "../types/decision.ts";

/** Facts cannot be had: that is no answer about the subject. `part` says where to look. */
export class FactsUnavailableError extends Error {
  override readonly name = "FactsUnavailableError";
  readonly part: Failure["part"];

  constructor(part: Failure["part"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.part = part;
  }
}

/** The draft's stable codes for chains of grants that cannot hold, whoever signed them. */
export type GrantCode =
  | "bad_delegation_field"
  | "delegation_too_large"
  | "unsupported_delegate_profile"
  | "delegation_chain_too_long"
  | "delegation_chain_discontinuous"
  | "delegation_attenuation_violation";

/** Thrown when a chain of grants cannot be read, or cannot hold. */
export class GrantError extends Error {
  override readonly name = "GrantError";
  readonly code: GrantCode;

  constructor(code: GrantCode, detail: string) {
    super(detail);
    this.code = code;
  }
}

/** What is wrong with the form of a grant. */
export function malformed(detail: string): GrantError {
  return new GrantError("bad_delegation_field", detail);
}

/** What is beyond a limit. */
export function tooLarge(what: string, limit: number): GrantError {
  return new GrantError("delegation_too_large", `A grant has more than ${limit} ${what}.`);
}

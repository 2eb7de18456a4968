import { InvalidSignedError } from "../errors/signed.ts";

/** What somebody signed, which stands by itself among the parameters: nothing in it is taken for the caller's own wish. */
export function signedOf<signed extends object>({ signed }: { signed: signed }): signed {
  if (typeof signed === "object" && signed !== null) return signed;
  throw new InvalidSignedError({ field: "signed", value: signed, expected: "what one of the SDK's sign… returned" });
}

/** A value that has no canonical JSON: a number that is not finite, a lone surrogate, or something that JSON has no form for. */
export class NotCanonicalError extends Error {
  override readonly name = "NotCanonicalError";
}

/**
 * JSON in the one form of RFC 8785 (JCS): names sorted by UTF-16 code units, numbers and strings as ECMAScript writes them, no space.
 * A member that is `undefined` is left out, as `JSON.stringify` leaves it out. A bigint is written as a string of decimal digits,
 * which is what the standard advises for numbers beyond 2^53.
 *
 * @throws {NotCanonicalError} There is no such form.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return text(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new NotCanonicalError(`${value} is no number of JSON.`);
    return JSON.stringify(value);
  }
  if (typeof value === "bigint") return `"${value}"`;
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object") {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    // Comparing strings by `<` compares their UTF-16 code units, as the standard sorts.
    members.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([name, member]) => `${text(name)}:${canonicalJson(member)}`).join(",")}}`;
  }
  throw new NotCanonicalError(`A ${typeof value} has no form in JSON.`);
}

function text(value: string): string {
  if (/\p{Surrogate}/u.test(value)) throw new NotCanonicalError("A string holds half a character (a lone surrogate).");
  return JSON.stringify(value);
}

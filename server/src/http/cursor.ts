import { Problem } from "../web/index.ts";

/** A place in a list, as an opaque text. It holds nothing that its reader does not know. */
export function writeCursor(list: string, place: readonly (number | string)[]): string {
  return Buffer.from(JSON.stringify([list, ...place])).toString("base64url");
}

/**
 * The place that a cursor is for.
 *
 * @param list Which list it has to be of.
 * @param length How many numbers the place has.
 * @throws Problem of 400 when it is of another list, or is none.
 */
export function readCursor(list: string, cursor: string, length: number): readonly number[] {
  const place = decoded(cursor);
  const [name, ...numbers] = Array.isArray(place) ? place : [];
  const isPlace = numbers.length === length && numbers.every((number) => Number.isSafeInteger(number) && number >= 0);
  if (name === list && isPlace) return numbers;
  throw new Problem(
    400,
    "invalid_cursor",
    "`cursor` is not of this list. Take it from `next` as it is, or leave it out.",
  );
}

function decoded(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}

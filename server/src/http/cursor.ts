import { Problem } from "../web/index.ts";

/** Where a list goes on, as an opaque text that says of which list it is. */
export function writeCursor(list: string, place: string): string {
  return Buffer.from(JSON.stringify([list, place])).toString("base64url");
}

/**
 * Where a list goes on.
 *
 * @param list Which list it has to be.
 * @throws Problem of 400 when it is of another list, or is none.
 */
export function readCursor(list: string, cursor: string): string {
  const said = decoded(cursor);
  const [name, place] = Array.isArray(said) && said.length === 2 ? said : [];
  if (name === list && typeof place === "string") return place;
  throw invalidCursor();
}

/** That a list cannot be gone on with. */
export function invalidCursor(): Problem {
  const detail = "`cursor` is not of this list, or too old. Take it from `next` as it is, or begin anew without it.";
  return new Problem(400, "invalid_cursor", detail);
}

function decoded(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}

/** Thrown when a text is not JSON, or is JSON that two readers could read in two ways. */
export class JsonError extends Error {
  override readonly name = "JsonError";
}

/** Half of a surrogate pair: a whole one is one character here. */
const HALF = /\p{Surrogate}/u;

/** A name that means something else to JavaScript than to JSON. */
const UNSAFE_NAME = "__proto__";

/**
 * Reads JSON as I-JSON (RFC 7493) wants it: names are unique in an object, strings are Unicode, and numbers are exact in IEEE 754.
 * Members named `__proto__` are left out, as any other that nobody knows.
 *
 * @param text The text.
 * @param maxDepth How many objects and arrays may lie in each other.
 * @returns The value.
 * @throws JsonError when it is no such text.
 */
export function parseJson(text: string, maxDepth: number): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new JsonError("The content is not JSON.");
  }
  return checkText(text, maxDepth) ? withoutUnsafe(value) : value;
}

/** Walks over a text that is JSON. Says whether a name is unsafe. */
function checkText(text: string, maxDepth: number): boolean {
  let hasUnsafe = false;
  /** The names of each object that is open; `undefined` for an array. */
  const open: (Set<string> | undefined)[] = [];
  let isName = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') {
      const end = endOfString(text, at);
      const string = stringOf(text, at, end);
      const names = open.at(-1);
      if (isName && names !== undefined) {
        if (names.has(string)) throw new JsonError("An object has the same name twice.");
        names.add(string);
        hasUnsafe ||= string === UNSAFE_NAME;
        isName = false;
      }
      at = end;
    } else if (character === "{" || character === "[") {
      open.push(character === "{" ? new Set() : undefined);
      if (open.length > maxDepth) throw new JsonError(`More than ${maxDepth} objects and arrays lie in each other.`);
      isName = character === "{";
    } else if (character === "}" || character === "]") {
      open.pop();
      isName = false;
    } else if (character === ",") {
      isName = open.at(-1) !== undefined;
    } else if (character === "-" || (character !== undefined && character >= "0" && character <= "9")) {
      at = endOfNumber(text, at) - 1;
    }
  }
  return hasUnsafe;
}

/** Where the quotation mark is that ends the string which begins here. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}

function stringOf(text: string, start: number, end: number): string {
  const raw = text.slice(start + 1, end);
  if (!raw.includes("\\")) return raw;
  const string = JSON.parse(text.slice(start, end + 1)) as string;
  if (HALF.test(string)) throw new JsonError("A string has half a surrogate pair, which is no character.");
  return string;
}

/** Where the number ends that begins here, which another reader must not take for another number. */
function endOfNumber(text: string, start: number): number {
  let end = start + 1;
  while (/[-+.\deE]/.test(text[end] ?? "")) end += 1;
  const written = text.slice(start, end);
  const number = Number(written);
  const isExact = Number.isFinite(number) && (/[.eE]/.test(written) || Number.isSafeInteger(number));
  if (!isExact) throw new JsonError("A number is larger than can be told exactly. Write it as a string.");
  return end;
}

function withoutUnsafe(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUnsafe);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).filter(([name]) => name !== UNSAFE_NAME);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutUnsafe(member)]));
}

import { decodeBase64 } from "./base64.ts";
import { FieldSyntaxError } from "./syntaxError.ts";
import type { BareItem, Dictionary, InnerList, Item, List, Member, Parameters } from "./types.ts";

/** No alternative of a repetition begins as another one does: a text that does not fit is left in linear time. */
const KEY = /[a-z*][a-z0-9_\-.*]*/y;
const NUMBER = /-?\d+(?:\.\d*)?/y;
const STRING = /"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"/y;
const TOKEN = /[A-Za-z*][:/!#$%&'*+\-.^_`|~A-Za-z0-9]*/y;
const BYTES = /:([A-Za-z0-9+/=]*):/y;
const BOOLEAN = /\?([01])/y;
const DISPLAY = /%"((?:[\x20\x21\x23\x24\x26-\x7e]|%[0-9a-f]{2})*)"/y;

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  get next(): string {
    return this.#text.charAt(this.#at);
  }

  take(character: string): boolean {
    if (this.next !== character) return false;
    this.#at += 1;
    return true;
  }

  skip(characters: string): void {
    while (!this.isAtEnd && characters.includes(this.next)) this.#at += 1;
  }

  match(pattern: RegExp, what: string): RegExpExecArray {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (!found) throw this.wrong(`no ${what}`);
    this.#at = pattern.lastIndex;
    return found;
  }

  wrong(what: string): FieldSyntaxError {
    return new FieldSyntaxError(`There is ${what} at character ${this.#at} of the field.`);
  }
}

function decimalOrInteger(reader: Reader, text: string): BareItem {
  const [whole = "", fraction] = text.replace("-", "").split(".");
  if (fraction === undefined) {
    if (whole.length > 15) throw reader.wrong("too long an integer");
    return { type: "integer", value: Number(text) + 0 };
  }
  if (whole.length > 12 || fraction.length < 1 || fraction.length > 3) throw reader.wrong("no decimal");
  const thousandths = Number(`${whole}${fraction.padEnd(3, "0")}`);
  return { type: "decimal", thousandths: text.startsWith("-") ? 0 - thousandths : thousandths };
}

function displayString(reader: Reader, text: string): BareItem {
  const bytes = text.replace(/%([0-9a-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  try {
    const utf8 = Uint8Array.from(bytes, (character) => character.charCodeAt(0));
    return { type: "display", value: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(utf8) };
  } catch {
    throw reader.wrong("no UTF-8");
  }
}

function readBareItem(reader: Reader): BareItem {
  switch (reader.next) {
    case '"': {
      const [, text = ""] = reader.match(STRING, "string");
      return { type: "string", value: text.replace(/\\(["\\])/g, "$1") };
    }
    case ":":
      return { type: "bytes", value: decodeBase64(reader.match(BYTES, "byte sequence")[1] ?? "") };
    case "?":
      return { type: "boolean", value: reader.match(BOOLEAN, "boolean")[1] === "1" };
    case "%":
      return displayString(reader, reader.match(DISPLAY, "display string")[1] ?? "");
    case "@": {
      reader.take("@");
      const date = decimalOrInteger(reader, reader.match(NUMBER, "date")[0]);
      if (date.type !== "integer") throw reader.wrong("no date");
      return { type: "date", value: date.value };
    }
    default:
      if (/[-0-9]/.test(reader.next)) return decimalOrInteger(reader, reader.match(NUMBER, "number")[0]);
      return { type: "token", value: reader.match(TOKEN, "value")[0] };
  }
}

function readParameters(reader: Reader): Parameters {
  const parameters = new Map<string, BareItem>();
  while (reader.take(";")) {
    reader.skip(" ");
    const [key] = reader.match(KEY, "name of a parameter");
    parameters.set(key, reader.take("=") ? readBareItem(reader) : { type: "boolean", value: true });
  }
  return parameters;
}

function readItem(reader: Reader): Item {
  return { kind: "item", value: readBareItem(reader), parameters: readParameters(reader) };
}

function readInnerList(reader: Reader): InnerList {
  const items: Item[] = [];
  for (;;) {
    reader.skip(" ");
    if (reader.take(")")) return { kind: "list", items, parameters: readParameters(reader) };
    items.push(readItem(reader));
    if (reader.next !== " " && reader.next !== ")") throw reader.wrong("no end of an item");
  }
}

function readMember(reader: Reader): Member {
  if (!reader.take("=")) {
    return { kind: "item", value: { type: "boolean", value: true }, parameters: readParameters(reader) };
  }
  return reader.take("(") ? readInnerList(reader) : readItem(reader);
}

/** Members with commas between, each read by a function, to the end. */
function readMembers(reader: Reader, readOne: () => void): void {
  reader.skip(" ");
  while (!reader.isAtEnd) {
    readOne();
    reader.skip(" \t");
    if (reader.isAtEnd) break;
    if (!reader.take(",")) throw reader.wrong("no comma");
    reader.skip(" \t");
    if (reader.isAtEnd) throw reader.wrong("nothing after a comma");
  }
}

/**
 * A list of RFC 9651.
 *
 * @throws FieldSyntaxError when the text is none; nothing else.
 */
export function parseList(text: string): List {
  const reader = new Reader(text);
  const members: Member[] = [];
  readMembers(reader, () => members.push(reader.take("(") ? readInnerList(reader) : readItem(reader)));
  return members;
}

/**
 * A dictionary of RFC 9651. Of a key that comes twice, the last value counts, at the place of the first, as the RFC says.
 *
 * @throws FieldSyntaxError when the text is none; nothing else.
 */
export function parseDictionary(text: string): Dictionary {
  const reader = new Reader(text);
  const members = new Map<string, Member>();
  readMembers(reader, () => {
    const [key] = reader.match(KEY, "key");
    members.set(key, readMember(reader));
  });
  return members;
}

/**
 * An item of RFC 9651 that is the whole text, such as the identifier of a component.
 *
 * @throws FieldSyntaxError when the text is none; nothing else.
 */
export function parseItem(text: string): Item {
  const reader = new Reader(text);
  reader.skip(" ");
  const item = readItem(reader);
  reader.skip(" ");
  if (!reader.isAtEnd) throw reader.wrong("more than one item");
  return item;
}

import { parseDictionary } from "../fields/parse.ts";
import { serializeDictionary, serializeMember } from "../fields/serialize.ts";
import type { Item } from "../fields/types.ts";
import type { Message } from "./target.ts";

/** Fields whose structure is known, so that `;sf` may ask for the one way to write them. All are dictionaries. */
const DICTIONARIES = ["accept-signature", "content-digest", "erc-8128-delegation", "signature", "signature-input"];

const FIELD_NAME = /^[a-z0-9!#$%&'*+\-.^_`|~]+$/;

function derived(message: Message, name: string): string | undefined {
  switch (name) {
    case "@method":
      return message.method;
    case "@scheme":
      return message.scheme;
    case "@authority":
      return message.authority;
    case "@path":
      return message.path;
    case "@query":
      return message.query;
    case "@target-uri":
      return `${message.scheme}://${message.authority}${message.path}${message.query === "?" ? "" : message.query}`;
    default:
      return undefined;
  }
}

function memberOf(value: string, key: string): string | undefined {
  const member = parseDictionary(value).get(key);
  return member && serializeMember(member);
}

/**
 * The value of a component.
 *
 * @returns `undefined` where the message has none, or where this package cannot say it: components of responses and
 * trailers, and `;bs`, for which one would have to see the lines of a field apart.
 * @throws FieldSyntaxError when `;sf` or `;key` is asked of a field that is not structured.
 */
export function componentValue(message: Message, component: Item): string | undefined {
  if (component.value.type !== "string") return undefined;
  const name = component.value.value;
  const parameters = [...component.parameters];
  if (name.startsWith("@")) return parameters.length === 0 ? derived(message, name) : undefined;

  const value = FIELD_NAME.test(name) ? message.headers.get(name) : null;
  // The base is ASCII: RFC 9421 has `;bs` for anything else.
  if (value === null || !/^[\t\x20-\x7e]*$/.test(value)) return undefined;
  if (parameters.length === 0) return value;
  const [[parameter, argument] = []] = parameters;
  if (parameters.length > 1 || argument === undefined) return undefined;
  if (parameter === "key" && argument.type === "string") return memberOf(value, argument.value);
  const isTrue = argument.type === "boolean" && argument.value;
  if (parameter === "sf" && isTrue && DICTIONARIES.includes(name)) return serializeDictionary(parseDictionary(value));
  return undefined;
}

import { encodeBase64 } from "../fields/base64.ts";
import { serializeMember } from "../fields/serialize.ts";
import type { BareItem, Item } from "../fields/types.ts";
import { isStructured, strictly } from "./structuredFields.ts";
import type { Message } from "./target.ts";

const FIELD_NAME = /^[a-z0-9!#$%&'*+\-.^_`|~]+$/;

/** The base is ASCII: RFC 9421 has `;bs` for anything else. */
const VISIBLE = /^[\t\x20-\x7e]*$/;

type Value = (message: Message) => string | undefined;

const DERIVED: ReadonlyMap<string, Value> = new Map<string, Value>([
  ["@method", ({ method }) => method],
  ["@scheme", ({ scheme }) => scheme],
  ["@authority", ({ authority }) => authority],
  ["@path", ({ path }) => path],
  ["@query", ({ query }) => query],
  [
    "@target-uri",
    ({ scheme, authority, path, query }) => `${scheme}://${authority}${path}${query === "?" ? "" : query}`,
  ],
]);

/** A field with a parameter: one member of a dictionary, its one way to be written, or its bytes. */
function parametrized(name: string, parameter: string, argument: BareItem): Value | undefined {
  if (parameter === "key" && argument.type === "string") {
    return ({ dictionary }) => {
      const member = dictionary(name).get(argument.value);
      return member && serializeMember(member);
    };
  }
  if (argument.type !== "boolean" || !argument.value) return undefined;
  if (parameter === "sf" && isStructured(name)) {
    return ({ headers, strict }) => {
      const value = headers.get(name);
      return value === null ? undefined : (strict?.get(name) ?? strictly(name, value));
    };
  }
  if (parameter !== "bs") return undefined;
  return ({ headers }) => {
    const value = headers.get(name);
    // Headers give each byte as one character.
    return value === null ? undefined : `:${encodeBase64(Uint8Array.from(value, (byte) => byte.charCodeAt(0)))}:`;
  };
}

/** How a component is taken out of a request; `undefined` where nobody here knows how. */
function wayTo({ value, parameters }: Item): Value | undefined {
  if (value.type !== "string") return undefined;
  const name = value.value;
  const [[parameter, argument] = [], ...others] = parameters;
  if (others.length > 0) return undefined;
  if (name === "@query-param") {
    if (parameter !== "name" || argument?.type !== "string") return undefined;
    return ({ queryParameter }) => queryParameter(argument.value);
  }
  if (name.startsWith("@")) return parameter === undefined ? DERIVED.get(name) : undefined;
  if (!FIELD_NAME.test(name)) return undefined;
  if (parameter !== undefined && argument !== undefined) return parametrized(name, parameter, argument);
  return ({ headers }) => headers.get(name) ?? undefined;
}

/**
 * Whether a component of a request can be said at all: not one of responses and trailers, and no parameter that is not known
 * here.
 */
export function isSupportedComponent(component: Item): boolean {
  return wayTo(component) !== undefined;
}

/**
 * The value of a component.
 *
 * `;bs` takes a field as one line: whoever signed several lines of one field apart signed something else than is found here.
 *
 * @returns `undefined` where the message has none, or where nobody here knows how to say it.
 * @throws FieldSyntaxError when `;sf` or `;key` is asked of a field that is not structured.
 */
export function componentValue(message: Message, component: Item): string | undefined {
  const value = wayTo(component)?.(message);
  return value !== undefined && VISIBLE.test(value) ? value : undefined;
}

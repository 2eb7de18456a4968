import { parseItem } from "../fields/parse.ts";
import { serializeBareItem } from "../fields/serialize.ts";
import type { BareItem, Item } from "../fields/types.ts";

/** The text of a value that has to be a string. */
export function stringOf(item: BareItem | undefined): string | undefined {
  return item?.type === "string" ? item.value : undefined;
}

/** A component without parameters, such as `@path` or `content-type`. */
export function plainComponent(name: string): Item {
  return { kind: "item", value: { type: "string", value: name }, parameters: new Map() };
}

/** A component as it is compared with others: parameters that differ make another component, their order does not. */
export function componentKey({ value, parameters }: Item): string {
  if (parameters.size === 0) return serializeBareItem(value);
  const sorted = Array.from(parameters, ([key, argument]) => `;${key}=${serializeBareItem(argument)}`).sort();
  return `${serializeBareItem(value)}${sorted.join("")}`;
}

/**
 * A component from its name and parameters, `@path` or `erc-8128-delegation;sf`: as in a signature, without the quotes.
 *
 * @throws FieldSyntaxError when it is none.
 */
export function parseComponent(text: string): Item {
  const end = text.includes(";") ? text.indexOf(";") : text.length;
  return parseItem(`"${text.slice(0, end)}"${text.slice(end)}`);
}

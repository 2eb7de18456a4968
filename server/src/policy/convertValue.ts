import type { CedarValueJson } from "@cedar-policy/cedar-wasm/nodejs";
import { canonicalJson } from "../canonical/index.ts";
import type { AttributeTypes, ValueType } from "./schemaModel.ts";

/** Something that an enforcement point says does not fit what the schema declares. It is a refusal, in words for whoever asks. */
export class UnfitValueError extends Error {}

/** Policies need something of a subject or resource that nobody has said, and that is not stored. */
export class UnknownEntityError extends UnfitValueError {}

/** Deeper records and lists than this are refused: nobody means them. */
const DEPTH_LIMIT = 16;

/** Cedar's decimals are 64 bits of ten-thousandths. */
const DECIMAL_LIMIT = 922_337_203_685_477;

/**
 * Puts a value of JSON into the form that Cedar has for it, as its type is declared. Cedar has neither null nor fractions:
 *
 * - null is as if it were not said;
 * - a fraction is a `decimal` where that is declared and four digits hold it exactly, and text where text is declared;
 * - an integer beyond 2^53 is refused, as JSON's reader has changed it already;
 * - a string is an entity's id where an entity is declared.
 *
 * @param path - How to name it in a refusal.
 * @throws {UnfitValueError} It does not fit.
 */
export function convertValue(value: unknown, type: ValueType, path: string, depth = 0): CedarValueJson | undefined {
  if (value === null || value === undefined) return undefined;
  if (depth > DEPTH_LIMIT) throw new UnfitValueError(`${path} is nested more than ${DEPTH_LIMIT} deep.`);
  if (typeof value === "number") requireExact(value, path);
  const unfit = () => new UnfitValueError(`${path} has to be ${wordsOf(type)}, and is ${kindOf(value)}.`);
  switch (type.kind) {
    case "Boolean":
      if (typeof value === "boolean") return value;
      throw unfit();
    case "Long":
      if (typeof value === "number" && Number.isInteger(value)) return value;
      throw unfit();
    case "String":
      if (typeof value === "string") return value;
      if (typeof value === "number" || typeof value === "boolean") return String(value);
      throw unfit();
    case "Set":
      if (!Array.isArray(value)) throw unfit();
      return value.flatMap((item, index) => convertValue(item, type.element, `${path}[${index}]`, depth + 1) ?? []);
    case "Record":
      if (typeof value !== "object" || Array.isArray(value)) throw unfit();
      return convertRecord(value as Record<string, unknown>, type.attributes, path, depth + 1);
    case "Entity":
      if (typeof value === "string") return { __entity: { type: type.name, id: value } };
      throw unfit();
    case "Extension":
      return extension(value, type.name, unfit);
  }
}

/**
 * Takes of what is said only what is declared.
 *
 * @throws {UnfitValueError} Something does not fit, or something that is demanded is not said.
 */
export function convertRecord(
  said: Readonly<Record<string, unknown>>,
  attributes: AttributeTypes,
  path: string,
  depth = 0,
): Record<string, CedarValueJson> {
  const record: Record<string, CedarValueJson> = {};
  for (const [name, { type, isRequired }] of attributes) {
    const value = Object.hasOwn(said, name) ? convertValue(said[name], type, `${path}.${name}`, depth) : undefined;
    if (value !== undefined) setOwn(record, name, value);
    else if (isRequired) throw new UnfitValueError(`${path}.${name} is not said, and the policies need it.`);
  }
  return record;
}

/** A value as text, for what has only texts; undefined where nothing is said. */
export function convertText(value: unknown, path: string): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === "number") requireExact(value, path);
  return typeof value === "string" ? value : canonicalJson(value);
}

/** A name of a stranger's, such as `__proto__`, is a name like any other. */
export function setOwn<value>(record: Record<string, value>, name: string, value: value): void {
  Object.defineProperty(record, name, { value, enumerable: true, configurable: true, writable: true });
}

function requireExact(value: number, path: string): void {
  if (!Number.isFinite(value)) throw new UnfitValueError(`${path} is no number of JSON.`);
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw new UnfitValueError(`${path} is beyond 2^53, where numbers of JSON are not exact. Send it as text.`);
  }
}

function extension(value: unknown, name: string, unfit: () => UnfitValueError): CedarValueJson {
  if (name === "decimal" && typeof value === "number") {
    const text = value.toFixed(4);
    if (Number(text) !== value || Math.abs(value) >= DECIMAL_LIMIT) throw unfit();
    return { __extn: { fn: "decimal", arg: text } };
  }
  if (typeof value !== "string") throw unfit();
  if (name === "decimal" && !isDecimal(value)) throw unfit();
  return { __extn: { fn: name === "ipaddr" ? "ip" : name, arg: value } };
}

function isDecimal(text: string): boolean {
  return /^-?\d{1,15}\.\d{1,4}$/.test(text) && Math.abs(Number(text)) < DECIMAL_LIMIT;
}

function wordsOf(type: ValueType): string {
  if (type.kind === "Extension")
    return type.name === "decimal" ? "a number with at most 4 digits after the point" : `text of the form ${type.name}`;
  const words = {
    Boolean: "true or false",
    Long: "a whole number",
    String: "text",
    Set: "a list",
    Record: "an object",
    Entity: "an id",
  };
  return words[type.kind];
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  if (typeof value === "string") return "text";
  return String(value);
}

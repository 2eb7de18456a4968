// Reads what an event carries word by word, where a log is exactly as the contracts write it. viem's decoder walks the types
// anew for every log, and compares its selector with those of all events.
import type { AbiEvent, Hex } from "viem";
import { WORD, WordReader } from "./wordReader.ts";

/** Reads one value. */
type Read = (words: WordReader) => unknown;

/** What the words of an event are: those of its topics, and then those of its data. */
export type EventLayout = { topics: number; fields: readonly { name: string; read: Read }[] };

const types: Readonly<Record<string, Read>> = {
  address: (words) => words.address(),
  bool: (words) => words.boolean(),
  bytes: (words) => words.bytes(),
  bytes32: (words) => words.bytes32(),
  string: (words) => words.string(),
  uint8: (words) => words.number(8),
  uint40: (words) => words.number(40),
  uint256: (words) => words.bigint(),
};

/** Undefined where a type is none of those above. */
export function layoutOf({ inputs }: AbiEvent): EventLayout | undefined {
  const indexed = inputs.filter((input) => input.indexed);
  const fields = [...indexed, ...inputs.filter((input) => !input.indexed)].map(({ name = "", type, indexed }) => ({
    name,
    // Of what has no fixed length, a topic holds the hash.
    read: types[indexed && (type === "string" || type === "bytes") ? "bytes32" : type],
  }));
  const isKnown = (field: { name: string; read: Read | undefined }): field is { name: string; read: Read } =>
    field.read !== undefined;
  return fields.every(isKnown) ? { topics: indexed.length, fields } : undefined;
}

/**
 * What a log carries, by name, the same as viem decodes it.
 *
 * @returns Undefined where something in it is not exactly as a contract writes it, so that viem has to say what it is.
 */
export function readEvent(
  { topics: count, fields }: EventLayout,
  { topics, data }: { topics: readonly Hex[]; data: Hex },
): Record<string, unknown> | undefined {
  if (typeof data !== "string") return undefined;
  let digits = "";
  for (let place = 1; place <= count; place++) {
    const topic = topics[place];
    if (topic?.length !== 2 + WORD) return undefined;
    digits += topic.slice(2);
  }
  const base = digits.length;
  digits += data.slice(2);
  // An odd number of digits is not refused by viem: it begins with half a byte.
  if (digits.length % 2 !== 0 || !DIGITS.test(digits)) return undefined;
  const words = new WordReader(digits, 0, base);
  const values: Record<string, unknown> = {};
  for (const { name, read } of fields) values[name] = read(words);
  return words.isExact ? values : undefined;
}

const DIGITS = /^[0-9a-f]*$/i;

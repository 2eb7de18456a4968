// As much of an assembler as a call without deployment needs.
import type { Hex } from "viem";

const opcodes: Readonly<Record<string, number>> = {
  ...{ ADD: 0x01, GT: 0x11, ISZERO: 0x15, AND: 0x16, OR: 0x17, SHL: 0x1b },
  ...{ CODECOPY: 0x39, RETURNDATASIZE: 0x3d, EXTCODEHASH: 0x3f, TIMESTAMP: 0x42, NUMBER: 0x43 },
  ...{ MLOAD: 0x51, MSTORE: 0x52, JUMPI: 0x57, GAS: 0x5a, JUMPDEST: 0x5b },
  ...{ DUP1: 0x80, DUP2: 0x81, RETURN: 0xf3, STATICCALL: 0xfa, REVERT: 0xfd },
};

/** PUSH1 is 0x60, PUSH2 0x61 and so on. PUSH0 is not known everywhere. */
const PUSH = 0x5f;

/** A place is pushed in two bytes, which is more than any program here has. */
const PLACE_BYTES = 2;

/**
 * Makes a program of its text: words of the machine, numbers and bytes to push (`32`, `0xab…`), places that are jumped to
 * (`next:`), and places to push (`@next`). Where it ends, and what is appended begins, is `@end`.
 */
export function assemble(text: string): Hex {
  const words = text.trim().split(/\s+/);
  const pieces = words.map(encode);
  const places: Record<string, number> = {};
  let length = 0;
  for (const [index, piece] of pieces.entries()) {
    const word = words[index] as string;
    if (word.endsWith(":")) places[word.slice(0, -1)] = length;
    length += piece.length / 2;
  }
  places.end = length;
  const digitsOf = (word: string, piece: string) => {
    if (!word.startsWith("@")) return piece;
    const place = places[word.slice(1)];
    if (place === undefined) throw new SyntaxError(`There is no place ${word}.`);
    return push(digits(place, PLACE_BYTES));
  };
  return `0x${pieces.map((piece, index) => digitsOf(words[index] as string, piece)).join("")}`;
}

/** The digits of a word; of a place that is pushed, which is not known yet, as many. */
function encode(word: string): string {
  if (word.endsWith(":")) return digits(opcodes.JUMPDEST as number, 1);
  if (word.startsWith("@")) return push(digits(0, PLACE_BYTES));
  const opcode = opcodes[word];
  if (opcode !== undefined) return digits(opcode, 1);
  // Bytes that are given keep their length: how long a program is does not depend on whom it asks about.
  if (word.startsWith("0x")) return push(word.slice(2));
  const value = BigInt(word).toString(16);
  return push(value.padStart(value.length + (value.length % 2), "0"));
}

function push(bytes: string): string {
  return `${digits(PUSH + bytes.length / 2, 1)}${bytes}`;
}

function digits(value: number, size: number): string {
  return value.toString(16).padStart(2 * size, "0");
}

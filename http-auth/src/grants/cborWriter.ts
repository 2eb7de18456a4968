// The little of CBOR that grants are made of (RFC 8949, section 4.2.1): one way to write each value.
import { concatBytes } from "./bytes.ts";
import { malformed } from "./grantError.ts";

function head(major: number, value: bigint | number): Uint8Array {
  const number = BigInt(value);
  if (number < 24n) return Uint8Array.of((major << 5) | Number(number));
  const length = [1, 2, 4, 8].find((size) => number < 1n << BigInt(size * 8)) ?? 8;
  const bytes = Uint8Array.from({ length }, (_, index) => Number((number >> BigInt((length - 1 - index) * 8)) & 0xffn));
  return concatBytes([Uint8Array.of((major << 5) | (24 + Math.log2(length))), bytes]);
}

export function writeInteger(value: bigint | number): Uint8Array {
  const isWhole = typeof value === "bigint" || Number.isSafeInteger(value);
  if (!isWhole || value < 0 || value >= 1n << 64n)
    throw malformed("A grant has a number that is no whole one of 64 bits.");
  return head(0, value);
}

export function writeBytes(value: Uint8Array): Uint8Array {
  return concatBytes([head(2, value.length), value]);
}

export function writeText(value: string): Uint8Array {
  const bytes = new TextEncoder().encode(value);
  return concatBytes([head(3, bytes.length), bytes]);
}

export function writeBoolean(value: boolean): Uint8Array {
  return Uint8Array.of(value ? 0xf5 : 0xf4);
}

export function writeArray(elements: readonly Uint8Array[]): Uint8Array {
  return concatBytes([head(4, elements.length), ...elements]);
}

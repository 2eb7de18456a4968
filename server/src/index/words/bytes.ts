// Words and texts of digits as bytes, which is how databases keep them: half as long as digits, and exact.
import type { Hex } from "viem";

/** The bytes of a word, without zeros in front; none for zero. */
export function bytesOf(word: bigint): Uint8Array {
  if (word === 0n) return new Uint8Array(0);
  const digits = word.toString(16);
  return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, "hex");
}

/** The word of those bytes; zero where there are none. */
export function wordOf(bytes: Uint8Array | null | undefined): bigint {
  return bytes === null || bytes === undefined || bytes.length === 0 ? 0n : BigInt(`0x${digitsOf(bytes)}`);
}

/** The bytes of a text of digits. */
export function bytesOfHex(hex: Hex): Uint8Array {
  return Buffer.from(hex.slice(2), "hex");
}

/** The text of digits of those bytes. */
export function hexOf(bytes: Uint8Array): Hex {
  return `0x${digitsOf(bytes)}`;
}

function digitsOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}

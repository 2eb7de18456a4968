// Words of 256 bits, as the registries store them.
import type { Address } from "viem";

const ADDRESS = (1n << 160n) - 1n;

/** The field of so many bits that begins at a bit. */
export function field(word: bigint, at: bigint, width: bigint): bigint {
  return (word >> at) & ((1n << width) - 1n);
}

/** The word with another field; the value fits. */
export function withField(word: bigint, at: bigint, width: bigint, value: bigint): bigint {
  return (word & ~(((1n << width) - 1n) << at)) | (value << at);
}

/** The address in the lowest bits, in small letters. */
export function addressIn(word: bigint): Address {
  return `0x${(word & ADDRESS).toString(16).padStart(40, "0")}`;
}

/** An address, or none, as a number. */
export function addressWord(address: Address | undefined): bigint {
  return address === undefined ? 0n : BigInt(address);
}

/** An address in the one way in which it is kept: small letters. */
export function lower(address: Address): Address {
  return address.toLowerCase() as Address;
}

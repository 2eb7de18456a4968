/** A field of a packed word, where it fits a number. */
export function bits(word: bigint, at: bigint, width: bigint): number {
  return Number((word >> at) & ((1n << width) - 1n));
}

// Nonces without an order are the bits of words, 256 to a word.

/** Bits of a word. */
export const WORD = 256n;

/** The nonces that are set in a word, in their order. */
export function noncesOf(word: bigint, mask: bigint): bigint[] {
  const nonces: bigint[] = [];
  for (let bit = 0n; bit < WORD; bit++) if ((mask >> bit) & 1n) nonces.push(word * WORD + bit);
  return nonces;
}

/** Where a nonce is: the word, and in it a mask of one bit. */
export function placeOf(nonce: bigint): { word: bigint; mask: bigint } {
  return { word: nonce / WORD, mask: 1n << (nonce % WORD) };
}

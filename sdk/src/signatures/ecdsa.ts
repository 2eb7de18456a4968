// Signatures of accounts with a key, as OpenZeppelin's ECDSA takes them.
import { type Address, concatHex, type Hex, hexToNumber, recoverAddress, size, slice, toHex } from "viem";

/** The curve's order: `s` and what it lacks to that mean the same. */
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

/** Half of the curve's order: of the two signatures that mean the same, only the one with the low `s` counts. */
const MOST_S = ORDER >> 1n;

/** The bit of a 64-byte signature that says which of two points is meant (EIP-2098). */
const PARITY_BIT = 1n << 255n;

/** A form in which keys sign too, and which no registry takes. */
export type OddForm = "64 bytes" | "high s" | "v of 0 or 1";

/** Whether an address signed it with its key, in the one form that the registries take: 65 bytes, low `s`, `v` of 27 or 28. */
export async function isEcdsaOf(address: Address, hash: Hex, signature: Hex): Promise<boolean> {
  if (size(signature) !== 65 || !/(1b|1c)$/i.test(signature) || BigInt(slice(signature, 32, 64)) > MOST_S) return false;
  try {
    return (await recoverAddress({ hash, signature })) === address;
  } catch {
    // A point that is not on the curve.
    return false;
  }
}

/** Which odd form it has; undefined where it is in the form that counts, or no signature by a key at all. */
export function oddFormOf(signature: Hex): OddForm | undefined {
  const parts = partsOf(signature);
  if (parts === undefined) return undefined;
  if (size(signature) === 64) return "64 bytes";
  if (parts.s > MOST_S) return "high s";
  return /0[01]$/.test(signature) ? "v of 0 or 1" : undefined;
}

/** The same signature in the form that the registries take; what is none by a key stays as it is. */
export function canonicalForm(signature: Hex): Hex {
  const parts = partsOf(signature);
  if (parts === undefined || oddFormOf(signature) === undefined) return signature;
  const isHigh = parts.s > MOST_S;
  const s = isHigh ? ORDER - parts.s : parts.s;
  return concatHex([slice(signature, 0, 32), toHex(s, { size: 32 }), parts.isOdd === isHigh ? "0x1b" : "0x1c"]);
}

/** Undefined where no key signs like that. */
function partsOf(signature: Hex): { s: bigint; isOdd: boolean } | undefined {
  const bytes = size(signature);
  if (bytes !== 64 && bytes !== 65) return undefined;
  const word = BigInt(slice(signature, 32, 64));
  if (bytes === 64) {
    const s = word & (PARITY_BIT - 1n);
    return s < ORDER ? { s, isOdd: word >= PARITY_BIT } : undefined;
  }
  const v = hexToNumber(slice(signature, 64));
  return word < ORDER && [0, 1, 27, 28].includes(v) ? { s: word, isOdd: v === 1 || v === 28 } : undefined;
}

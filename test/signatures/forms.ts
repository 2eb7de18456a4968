import { concat, dataSlice, Signature, toBeHex } from "ethers";

/** Order of the curve secp256k1. */
const CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

/** The same signature in forms that recover the same key by the bare mathematics, and others that are none. */
export const FORMS: [what: string, change: (signature: string) => string][] = [
  ["with the other s (malleable)", malleable],
  [
    "with v of 0 or 1",
    (signature) => concat([dataSlice(signature, 0, 64), toBeHex(Signature.from(signature).yParity)]),
  ],
  ["in its short form (ERC-2098)", (signature) => Signature.from(signature).compactSerialized],
  ["without its last byte", (signature) => dataSlice(signature, 0, 64)],
  ["with a byte more", (signature) => concat([signature, "0x00"])],
  ["with a byte before it", (signature) => concat(["0x00", signature])],
  ["twice", (signature) => concat([signature, signature])],
  ["with 10,000 bytes behind it", (signature) => concat([signature, new Uint8Array(10_000)])],
  ["of one byte", () => "0x1b"],
  ["of no bytes", () => "0x"],
  ["of zeros", () => concat([new Uint8Array(65)])],
];

function malleable(signature: string): string {
  const { r, s, v } = Signature.from(signature);
  return concat([r, toBeHex(CURVE_ORDER - BigInt(s), 32), toBeHex(v === 27 ? 28 : 27)]);
}

/** What the mock of a smart account may answer to ERC-1271's question, in the order of its enum. */
export const ANSWERS = [
  "what its key signed",
  "another value",
  "the magic value with more behind it in its word",
  "true",
  "the magic value in four bytes",
  "nothing",
  "a revert",
  "the magic value, after writing to its storage",
  "nothing, until the gas is gone",
] as const;

/** The one of these that is taken. */
export const HONEST = 0;

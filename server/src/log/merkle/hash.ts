import { hash } from "node:crypto";

/** A SHA-256 hash, 32 bytes. */
export type Hash = Uint8Array;

/** The hash of the empty list: of no bytes at all (RFC 9162, 2.1.1). */
export const EMPTY_ROOT: Hash = hash("sha256", new Uint8Array(), "buffer");

/** The hash of a leaf: of a zero byte and what is in the leaf (RFC 9162, 2.1.1). */
export function leafHash(entry: Uint8Array): Hash {
  const input = new Uint8Array(1 + entry.length);
  input.set(entry, 1);
  return hash("sha256", input, "buffer");
}

/** The hash of a node: of a byte of value one and its two children, so that no node can pass for a leaf (RFC 9162, 2.1.1). */
export function nodeHash(left: Hash, right: Hash): Hash {
  const input = new Uint8Array(65);
  input[0] = 1;
  input.set(left, 1);
  input.set(right, 33);
  return hash("sha256", input, "buffer");
}

import { type Hex, hexToBytes } from "viem";
import { EMPTY_ROOT, type Hash, nodeHash } from "./hash.ts";

/** A proof that a line is in a log. All hashes in hex with `0x`. */
export interface InclusionProof {
  /** Hash of the line. */
  readonly leaf: Hex;
  /** Its place, from 0. */
  readonly index: number;
  /** How many lines the log has whose root is proven against. */
  readonly size: number;
  readonly root: Hex;
  readonly path: readonly Hex[];
}

/** A proof that a log only grew. All hashes in hex with `0x`. */
export interface ConsistencyProof {
  readonly olderSize: number;
  readonly olderRoot: Hex;
  readonly newerSize: number;
  readonly newerRoot: Hex;
  readonly path: readonly Hex[];
}

const HASH = /^0x[0-9a-f]{64}$/i;
const half = (count: number) => Math.floor(count / 2);
const isCount = (count: number) => Number.isSafeInteger(count) && count >= 0;
const isEqual = (one: Hash, other: Hash) => one.every((byte, index) => byte === other[index]);

/** Decodes the hashes; `undefined` where one of them is none. */
function bytesOf(hashes: readonly Hex[]): Hash[] | undefined {
  return hashes.every((hash) => HASH.test(hash)) ? hashes.map((hash) => hexToBytes(hash)) : undefined;
}

/** Whether the line is at that place of the log of that root: the algorithm of RFC 9162, 2.1.3.2. Pure, and never throws. */
export function verifyInclusion({ leaf, index, size, root, path }: InclusionProof): boolean {
  const [first, expected, ...siblings] = bytesOf([leaf, root, ...path]) ?? [];
  if (first === undefined || expected === undefined) return false;
  if (!isCount(index) || !isCount(size) || index >= size) return false;
  let [place, last, hash] = [index, size - 1, first];
  for (const sibling of siblings) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      hash = nodeHash(sibling, hash);
      while (place % 2 === 0 && place !== 0) [place, last] = [half(place), half(last)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && isEqual(hash, expected);
}

/** Whether the newer log begins with all of the older one: the algorithm of RFC 9162, 2.1.4.2. Pure, and never throws. */
export function verifyConsistency(proof: ConsistencyProof): boolean {
  const { olderSize, newerSize, path } = proof;
  const [older, newer, ...siblings] = bytesOf([proof.olderRoot, proof.newerRoot, ...path]) ?? [];
  if (older === undefined || newer === undefined) return false;
  if (!isCount(olderSize) || !isCount(newerSize) || olderSize > newerSize) return false;
  // Every log begins with the empty one, and with itself: there is nothing to prove.
  if (olderSize === 0 && !isEqual(older, EMPTY_ROOT)) return false;
  if (olderSize === newerSize) return siblings.length === 0 && isEqual(older, newer);
  if (olderSize === 0) return siblings.length === 0;
  if (Number.isInteger(Math.log2(olderSize))) siblings.unshift(older);
  let [place, last] = [olderSize - 1, newerSize - 1];
  while (place % 2 === 1) [place, last] = [half(place), half(last)];
  const [start, ...rest] = siblings;
  if (start === undefined) return false;
  let [olderHash, newerHash] = [start, start];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      olderHash = nodeHash(sibling, olderHash);
      newerHash = nodeHash(sibling, newerHash);
      while (place % 2 === 0 && place !== 0) [place, last] = [half(place), half(last)];
    } else {
      newerHash = nodeHash(newerHash, sibling);
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && isEqual(olderHash, older) && isEqual(newerHash, newer);
}

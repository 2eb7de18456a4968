import { EMPTY_ROOT, type Hash, nodeHash } from "./hash.ts";

/** Finds the hash of a complete subtree: of the `2 ** level` leaves from `index * 2 ** level` on. */
export type NodeReader = (level: number, index: number) => Promise<Hash>;

/** The largest power of two that is smaller than `count`, which is two or more. */
function splitOf(count: number): number {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
}

/** MTH of the leaves from `start` up to before `end`, where the tree has such a subtree (RFC 9162, 2.1.1). */
async function rangeRoot(node: NodeReader, start: number, end: number): Promise<Hash> {
  const level = Math.log2(end - start);
  if (Number.isInteger(level)) return node(level, start / (end - start));
  const middle = start + splitOf(end - start);
  return nodeHash(await rangeRoot(node, start, middle), await rangeRoot(node, middle, end));
}

/** The root of the tree of the first `size` leaves. */
export async function treeRoot(node: NodeReader, size: number): Promise<Hash> {
  return size === 0 ? EMPTY_ROOT : rangeRoot(node, 0, size);
}

/** PATH: what, with the leaf, makes the root of the first `size` leaves (RFC 9162, 2.1.3.1). */
export async function inclusionPath(node: NodeReader, index: number, size: number): Promise<Hash[]> {
  const path: Hash[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + splitOf(end - start);
    if (index < middle) {
      path.push(await rangeRoot(node, middle, end));
      end = middle;
    } else {
      path.push(await rangeRoot(node, start, middle));
      start = middle;
    }
  }
  return path.reverse();
}

/** PROOF: what shows that the first `older` of `newer` leaves are those of the older tree (RFC 9162, 2.1.4.1). */
export async function consistencyPath(node: NodeReader, older: number, newer: number): Promise<Hash[]> {
  if (older === 0 || older === newer) return [];
  const path: Hash[] = [];
  let [start, end] = [0, newer];
  while (end !== older) {
    const middle = start + splitOf(end - start);
    if (older <= middle) {
      path.push(await rangeRoot(node, middle, end));
      end = middle;
    } else {
      path.push(await rangeRoot(node, start, middle));
      start = middle;
    }
  }
  // The older root itself is known to whoever checks, and is left out where it is a node of the newer tree.
  if (start > 0) path.push(await rangeRoot(node, start, end));
  return path.reverse();
}

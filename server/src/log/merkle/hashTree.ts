import { type Hash, nodeHash } from "./hash.ts";

/** Bytes of a hash. */
const HASH = 32;

/**
 * A tree that grows by a leaf at a time and keeps every complete subtree, each level in one block of memory: 64 bytes a
 * leaf, and one hash a leaf on average.
 */
export class HashTree {
  private readonly levels: { bytes: Uint8Array; count: number }[] = [];

  /** How many leaves it has. */
  get size(): number {
    return this.levels[0]?.count ?? 0;
  }

  push(leaf: Hash): void {
    let hash = leaf;
    for (let level = 0; ; level++) {
      const index = this.store(level, hash);
      if (index % 2 === 0) return;
      hash = nodeHash(this.node(level, index - 1), hash);
    }
  }

  /** The hashes of its leaves, one behind the other. */
  leaves(): Uint8Array {
    return this.levels[0]?.bytes.slice(0, this.size * HASH) ?? new Uint8Array();
  }

  /** The hash of the complete subtree over the leaves from `index * 2 ** level` on. */
  node(level: number, index: number): Hash {
    const stored = this.levels[level];
    if (stored === undefined || index >= stored.count) throw new RangeError(`No node ${index} on level ${level}.`);
    return stored.bytes.subarray(index * HASH, (index + 1) * HASH);
  }

  private store(level: number, hash: Hash): number {
    this.levels[level] ??= { bytes: new Uint8Array(16 * HASH), count: 0 };
    const stored = this.levels[level];
    if (stored.bytes.length === stored.count * HASH) {
      const more = new Uint8Array(stored.bytes.length * 2);
      more.set(stored.bytes);
      stored.bytes = more;
    }
    stored.bytes.set(hash, stored.count * HASH);
    return stored.count++;
  }
}

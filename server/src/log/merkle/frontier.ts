import { EMPTY_ROOT, type Hash, nodeHash } from "./hash.ts";

/** A tree of which only the roots of its largest complete subtrees are kept: enough to grow, and to know the root. */
export class Frontier {
  private readonly subtrees: { level: number; hash: Hash }[] = [];

  /** Adds a leaf; or, while only such came before, a whole subtree of `2 ** level` leaves. */
  push(hash: Hash, level = 0): void {
    let added = { level, hash };
    for (let left = this.subtrees.at(-1); left?.level === added.level; left = this.subtrees.at(-1)) {
      this.subtrees.pop();
      added = { level: added.level + 1, hash: nodeHash(left.hash, added.hash) };
    }
    this.subtrees.push(added);
  }

  /** The root of all that was added. */
  root(): Hash {
    const hashes = this.subtrees.map(({ hash }) => hash);
    return hashes.length === 0 ? EMPTY_ROOT : hashes.reduceRight((right, left) => nodeHash(left, right));
  }
}

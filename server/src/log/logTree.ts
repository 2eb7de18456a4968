import { LogRemovedError } from "./errors.ts";
import type { Hash } from "./merkle/hash.ts";
import { HashTree } from "./merkle/hashTree.ts";
import type { NodeReader } from "./merkle/proofs.ts";
import type { LogReader } from "./store.ts";

/** Trees of segments that are kept in memory, four megabytes each. */
const KEPT = 4;

/** The hashes of the log's tree: within a segment from its lines, above from the roots of segments. */
export function logTree(reader: LogReader): NodeReader {
  const { segmentHeight: height } = reader;
  const top = new HashTree();
  const segments = new Map<number, HashTree>();

  const within = async (segment: number, needed: number): Promise<HashTree> => {
    const tree = segments.get(segment) ?? new HashTree();
    segments.delete(segment);
    if (tree.size < needed) {
      const { first } = await reader.extent();
      if (segment * 2 ** height < first) throw new LogRemovedError(segment * 2 ** height, first);
      const leaves = await reader.leaves(segment);
      while (tree.size < leaves.length / 32) tree.push(leaves.subarray(tree.size * 32, (tree.size + 1) * 32));
    }
    segments.set(segment, tree);
    for (const oldest of [...segments.keys()].slice(0, -KEPT)) segments.delete(oldest);
    return tree;
  };

  return async (level, index): Promise<Hash> => {
    if (level < height) {
      const segment = Math.floor((index * 2 ** level) / 2 ** height);
      const local = index - segment * 2 ** (height - level);
      return (await within(segment, (local + 1) * 2 ** level)).node(level, local);
    }
    const needed = (index + 1) * 2 ** (level - height);
    while (top.size < needed) {
      const next = top.size;
      const root = await reader.segmentRoot(next);
      // Two callers may have asked for the same one.
      if (top.size === next) top.push(root);
    }
    return top.node(level - height, index);
  };
}

import { bytesToHex, type Hex } from "viem";
import { decodeLine } from "./decodeLine.ts";
import { type LogFinding, lineOrder } from "./lineOrder.ts";
import { Frontier } from "./merkle/frontier.ts";
import { leafHash } from "./merkle/hash.ts";
import type { LogReader } from "./store.ts";

/** A root that somebody else keeps: the chain, or an auditor. */
export interface KnownRoot {
  readonly root: Hex;
  /** How many lines the log had; looked for where left out. */
  readonly size?: number | undefined;
  /** Unix seconds at which it was made known. */
  readonly at: number;
  /** Where it is from, such as a transaction. */
  readonly source: string;
}

/** What came of verifying a log. It is whole where there are no findings. */
export interface VerifiedLog {
  /** Place of the oldest line that is kept, how many lines there were ever, and the root of all. */
  readonly first: number;
  readonly size: number;
  readonly root: Hex;
  /** What is not as it was written. At most a thousand. */
  readonly findings: readonly LogFinding[];
  /** Known roots that the log had, with how many lines. Whatever is before the largest stands as it was when that became known. */
  readonly confirmed: readonly (KnownRoot & { readonly size: number })[];
  /** Known roots that are older than the oldest line that is kept, and cannot be judged. */
  readonly tooOld: readonly KnownRoot[];
  /** How often the writer's clock went back: no damage, yet whoever reads times should know. */
  readonly clockSteps: number;
}

/** How many findings are told. */
const MAX_FINDINGS = 1000;

/**
 * Reads a whole log, and finds lines that were changed, removed, added twice or moved. Against roots that others keep it also
 * finds that the end is gone, or that all was written anew. Lines behind the newest known root have only each other to vouch
 * for them: whoever may write to the store can cut them off.
 */
export async function verifyLog(reader: LogReader, known: readonly KnownRoot[] = []): Promise<VerifiedLog> {
  const { first } = await reader.extent();
  const { segmentHeight } = reader;
  const capacity = 2 ** segmentHeight;
  const tree = new Frontier();
  for (let segment = 0; segment < first / capacity; segment++) {
    tree.push(await reader.segmentRoot(segment), segmentHeight);
  }
  const order = lineOrder(first);
  const pending = new Set(known);
  const confirmed: (KnownRoot & { size: number })[] = [];
  const findings: LogFinding[] = [];
  let [size, segmentTree, clock, firstAt, clockSteps] = [first, new Frontier(), Number.NEGATIVE_INFINITY, 0, 0];

  const confirm = () => {
    const candidates = [...pending].filter((root) => root.size === undefined || root.size === size);
    if (candidates.length === 0) return;
    const root = bytesToHex(tree.root());
    for (const candidate of candidates) {
      if (candidate.root.toLowerCase() !== root) continue;
      pending.delete(candidate);
      confirmed.push({ ...candidate, size });
    }
  };

  confirm();
  for await (const raw of reader.lines(first)) {
    const line = decodeLine(raw);
    const hash = leafHash(raw);
    order.add(line, hash);
    tree.push(hash);
    segmentTree.push(hash);
    size++;
    if (line !== undefined) {
      if (clock === Number.NEGATIVE_INFINITY) firstAt = line.at;
      if (line.at < clock) clockSteps++;
      clock = line.at;
    }
    if (size % capacity === 0) {
      const segment = size / capacity - 1;
      const noted = await reader.segmentRoot(segment).catch(() => undefined);
      if (noted !== undefined && Buffer.compare(noted, segmentTree.root()) !== 0) {
        const message = `Lines ${size - capacity} to ${size - 1} are not those whose root was noted when segment ${segment} was whole.`;
        findings.push({ kind: "changed", place: size - capacity, message });
      }
      segmentTree = new Frontier();
    }
    if (pending.size > 0) confirm();
  }
  findings.unshift(...order.end());

  const tooOld = [...pending].filter((root) => first > 0 && (root.size ?? 0) < first && root.at * 1000 < firstAt);
  for (const root of pending) {
    if (tooOld.includes(root)) continue;
    const message = `The log never had the root ${root.root}, which was made known at ${new Date(root.at * 1000).toISOString()} (${root.source}): lines are missing at its end, or were changed.`;
    findings.push({ kind: "truncated", place: root.size ?? size, message });
  }
  const root = bytesToHex(tree.root());
  return { first, size, root, findings: findings.slice(0, MAX_FINDINGS), confirmed, tooOld, clockSteps };
}

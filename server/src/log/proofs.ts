import { bytesToHex, type Hex } from "viem";
import { LogPlaceError, LogRemovedError } from "./errors.ts";
import { logTree } from "./logTree.ts";
import { leafHash } from "./merkle/hash.ts";
import { consistencyPath, inclusionPath, type NodeReader, treeRoot } from "./merkle/proofs.ts";
import { type ConsistencyProof, type InclusionProof, verifyInclusion } from "./merkle/verify.ts";
import type { LogReader } from "./store.ts";

/** What the log was at a moment. */
export interface Checkpoint {
  /** How many lines it had. */
  readonly size: number;
  /** Root of the tree over them: nothing else has it. */
  readonly root: Hex;
}

/** A line, and the proof that it is in the log. */
export interface LineProof extends InclusionProof {
  /** The line as it is stored, which is what was hashed. */
  readonly line: string;
}

/** The log's size and root. */
export async function checkpointOf(reader: LogReader, tree: NodeReader, size?: number): Promise<Checkpoint> {
  const wanted = await sizeWithin(reader, size);
  return { size: wanted, root: bytesToHex(await treeRoot(tree, wanted)) };
}

/** Proves that a decision is in the log of that size; of the newest where left out. */
export async function proveLine(reader: LogReader, tree: NodeReader, id: string, size?: number): Promise<LineProof> {
  const index = await reader.placeOf(id);
  if (index === undefined) throw new LogPlaceError(`No line that the log keeps is of decision ${id}.`);
  const checkpoint = await checkpointOf(reader, tree, size);
  if (index >= checkpoint.size) {
    throw new LogPlaceError(
      `Decision ${id} is line ${index}, which a log of ${checkpoint.size} lines did not have yet.`,
    );
  }
  for await (const raw of reader.lines(index, index + 1)) {
    const path = await inclusionPath(tree, index, checkpoint.size);
    return {
      line: new TextDecoder().decode(raw),
      leaf: bytesToHex(leafHash(raw)),
      index,
      ...checkpoint,
      path: path.map((hash) => bytesToHex(hash)),
    };
  }
  throw new LogRemovedError(index, (await reader.extent()).first);
}

/** Proves that the log of the newer size begins with all of that of the older. */
export async function proveGrowth(
  reader: LogReader,
  tree: NodeReader,
  older: number,
  newer?: number,
): Promise<ConsistencyProof> {
  const to = await checkpointOf(reader, tree, newer);
  const from = await checkpointOf(reader, tree, older);
  if (from.size > to.size)
    throw new LogPlaceError(`A log of ${to.size} lines does not grow out of ${from.size} lines.`);
  const path = await consistencyPath(tree, from.size, to.size);
  return {
    olderSize: from.size,
    olderRoot: from.root,
    newerSize: to.size,
    newerRoot: to.root,
    path: path.map((hash) => bytesToHex(hash)),
  };
}

/** Proves that a decision is in a log that is read alone, as it is now. @throws {LogPlaceError} It is not. */
export function proveDecision(reader: LogReader, id: string): Promise<LineProof> {
  return proveLine(reader, logTree(reader), id);
}

/** Whether a line is what its proof says, and in the log of that root. Pure, and never throws. */
export function verifyLine(proof: LineProof): boolean {
  return bytesToHex(leafHash(new TextEncoder().encode(proof.line))) === proof.leaf && verifyInclusion(proof);
}

async function sizeWithin(reader: LogReader, size: number | undefined): Promise<number> {
  const { size: newest } = await reader.extent();
  if (size !== undefined && !(Number.isSafeInteger(size) && size >= 0 && size <= newest)) {
    throw new LogPlaceError(`The log has ${newest} lines, so it never had ${size}.`);
  }
  return size ?? newest;
}

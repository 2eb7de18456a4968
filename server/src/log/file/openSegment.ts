import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import type { Hash } from "../merkle/hash.ts";
import type { HashTree } from "../merkle/hashTree.ts";
import { layout } from "./layout.ts";
import { scanSegment } from "./scanSegment.ts";
import { syncFolder } from "./syncFolder.ts";

/** The segment to which lines are added. */
export interface ActiveSegment {
  readonly segment: number;
  readonly handle: FileHandle;
  readonly tree: HashTree;
  /** Hash of its last line, or of the line before it. */
  last: Hash;
  /** Bytes that are durable. */
  length: number;
}

/** Opens a segment to add to it; makes it where it is not there. */
export async function openSegment(
  folder: string,
  segment: number,
  capacity: number,
  previous: Hash,
): Promise<ActiveSegment> {
  const file = layout.segment(folder, segment);
  const handle = await open(file, constants.O_RDWR | constants.O_CREAT, 0o600);
  try {
    await syncFolder(folder);
    return { segment, handle, ...(await scanSegment(file, segment * capacity, previous)) };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

import { hash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { layout } from "./layout.ts";
import { syncFolder } from "./syncFolder.ts";

/** Bytes behind the last whole line, which were cut away. */
export interface Cut {
  readonly bytes: number;
  /** SHA-256 in hex of them. */
  readonly hash: string;
  /** The file that keeps them. */
  readonly savedAs: string;
}

/** Cuts away what stands behind the last whole line, and keeps it in a file of its own: it was told to nobody, yet may be of use. */
export async function cutTail(
  folder: string,
  handle: FileHandle,
  length: number,
  size: number,
): Promise<Cut | undefined> {
  const bytes = (await handle.stat()).size - length;
  if (bytes === 0) return undefined;
  const tail = Buffer.alloc(bytes);
  await handle.read(tail, 0, bytes, length);
  const savedAs = layout.cut(folder, size, Date.now());
  const copy = await open(savedAs, "w", 0o600);
  try {
    await copy.writeFile(tail);
    await copy.sync();
  } finally {
    await copy.close();
  }
  await syncFolder(folder);
  await handle.truncate(length);
  await handle.datasync();
  return { bytes, hash: hash("sha256", tail), savedAs };
}

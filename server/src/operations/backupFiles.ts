import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";

/** What stands in a backup, and by what a restore knows that it is whole. */
export interface BackupManifest {
  readonly format: 1;
  /** ISO time. */
  readonly madeAt: string;
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
  /** The log that is in it. */
  readonly log?: { readonly size: number; readonly root: string } | undefined;
}

/** Where things lie in a data folder, and in a backup of one. */
export const dataFiles = { database: "tenure.sqlite", log: "log", manifest: "backup.json" };

/** SHA-256 of a file in hex, and its bytes. */
export async function digestOf(file: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: hash.digest("hex") };
}

/** Makes a file durable. */
export async function syncFile(file: string): Promise<void> {
  const handle = await open(file, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

import { open, readFile, rename } from "node:fs/promises";
import { LogDamagedError } from "../errors.ts";
import { layout } from "./layout.ts";
import { syncFolder } from "./syncFolder.ts";

/** Reads the height of segments that the log in a folder was begun with; `undefined` where there is no log. */
export async function readFormat(folder: string): Promise<number | undefined> {
  const file = layout.format(folder);
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const height = /^\{"format":1,"segmentHeight":(\d{1,2})\}\n$/.exec(text)?.[1];
  if (height === undefined) throw new LogDamagedError(file, "it is not of a format that this version writes.");
  return Number(height);
}

/** Begins a log. */
export async function writeFormat(folder: string, segmentHeight: number): Promise<void> {
  const file = layout.format(folder);
  const handle = await open(`${file}.new`, "w", 0o600);
  try {
    await handle.writeFile(`{"format":1,"segmentHeight":${segmentHeight}}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.new`, file);
  await syncFolder(folder);
}

import { mkdirSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { FolderInUseError } from "../errors.ts";
import { pause } from "../pause.ts";
import { explainSqlite, isBusy } from "./explain.ts";

/** Milliseconds between two looks at a folder that another process uses. */
const INTERVAL = 100;

/**
 * Makes the folder this process's own. What holds it is a lock of the operating system on a file in it, which ends with the
 * process, however that ends.
 *
 * @param wait Milliseconds to wait for another process to end.
 * @returns How to give it back.
 * @throws FolderInUseError when another process uses it for longer.
 */
export async function ownFolder(folder: string, wait: number): Promise<() => void> {
  const until = Date.now() + wait;
  let file: DatabaseSync;
  try {
    mkdirSync(folder, { recursive: true });
    file = new DatabaseSync(path.join(folder, "owner.sqlite"), { timeout: 0 });
  } catch (error) {
    throw explainSqlite(folder, error);
  }
  for (;;) {
    try {
      file.exec("begin exclusive");
      return () => file.close();
    } catch (error) {
      const isOthers = isBusy(error);
      if (isOthers && Date.now() < until) {
        await pause(INTERVAL);
        continue;
      }
      file.close();
      throw isOthers ? new FolderInUseError(folder, error) : explainSqlite(folder, error);
    }
  }
}

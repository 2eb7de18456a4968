import { DatabaseSync } from "node:sqlite";
import { LogInUseError } from "../errors.ts";
import { layout } from "./layout.ts";

/**
 * Keeps every other process from writing to the log in a folder, until released. It is SQLite's own lock on a file, which the
 * operating system releases when the process dies, however it dies; Node itself has none.
 */
export function lockFolder(folder: string): () => void {
  const database = new DatabaseSync(layout.lock(folder));
  try {
    database.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
  } catch (error) {
    database.close();
    if (error instanceof Error && error.message.includes("locked")) throw new LogInUseError(folder);
    throw error;
  }
  return () => database.close();
}

import { writeFileSync } from "node:fs";
import { UsageError } from "../errors/cliError.ts";
import { surroundings } from "../surroundings.ts";

/** Writes a text to a new file; never over another. */
export function writeText(file: string, text: string): void {
  try {
    writeFileSync(surroundings().locate(file), text, { flag: "wx" });
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code === "EEXIST";
    throw new UsageError(isThere ? `${file} exists already.` : `${file} cannot be written.`);
  }
}

// What this user keeps: keystores and sessions, a file for each, in folders that are theirs alone.
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { UsageError } from "../errors/cliError.ts";
import { whyUnreadable } from "../errors/unreadable.ts";
import { surroundings } from "../surroundings.ts";

/** A folder of TENURE_HOME, which is ~/.tenure unless that is set. */
export function homeFolder(name: "keystore" | "sessions"): string {
  const { env, home } = surroundings();
  return path.join(env.TENURE_HOME || path.join(home, ".tenure"), name);
}

/** The names of all files of JSON in a folder, which need not be there. */
export function namesIn(folder: string): string[] {
  const place = surroundings().locate(folder);
  if (!existsSync(place)) return [];
  return entriesOf(place, folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.slice(0, -".json".length))
    .sort();
}

function entriesOf(place: string, folder: string): string[] {
  try {
    return readdirSync(place);
  } catch (error) {
    throw new UsageError(`${folder} cannot be read: ${whyUnreadable(error)}.`, "Say with TENURE_HOME where yours are.");
  }
}

/** Whether a text can be what something is called there. */
export function isName(name: string): boolean {
  return /^[\w-][\w.-]{0,63}$/.test(name);
}
